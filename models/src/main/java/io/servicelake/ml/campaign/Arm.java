package io.servicelake.ml.campaign;

/** What an assignment means for a customer. */
public enum Arm {
  /** Is contacted with the offer. */
  OFFER,
  /** Is not contacted: what would have happened anyway. */
  HOLD_OUT,
  /** Is contacted without having been chosen: what choosing is worth. */
  RANDOM_CONTACT
}
