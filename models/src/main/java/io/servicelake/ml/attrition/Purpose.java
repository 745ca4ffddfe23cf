package io.servicelake.ml.attrition;

/** What a visit was for; maintenance comes before repair where it was for both. */
public enum Purpose {
  MAINTENANCE,
  REPAIR,
  ACCIDENT,
  OTHER
}
