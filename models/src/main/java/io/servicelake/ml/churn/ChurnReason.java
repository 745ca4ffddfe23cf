package io.servicelake.ml.churn;

/** What bears on a person's loss probability: the groups its features are folded into. */
public enum ChurnReason {
  /** Paid a large bill, finds the work dear. */
  PRICE,
  /** Came back for the same, waited past the promise, complained, gave low marks. */
  EXPERIENCE,
  /** Complained, and it is not settled. */
  COMPLAINT,
  /** Lives far away. */
  DISTANCE,
  /** The warranty has ended or is about to. */
  WARRANTY_ENDED,
  /** Late against the service clock or the own rhythm. */
  OVERDUE,
  /** The vehicle is old or far driven. */
  VEHICLE_AGE,
  /** Few visits, little maintenance, no membership: never had the habit. */
  HABIT
}
