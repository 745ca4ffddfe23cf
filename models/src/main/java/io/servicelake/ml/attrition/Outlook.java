package io.servicelake.ml.attrition;

/**
 * What a history says of a person.
 *
 * @param noVisit probability that no vehicle held comes within the window
 * @param noVisitUnbilled the same, had no bill been large
 * @param noVisitContent the same, had nothing gone wrong and no bill been large
 * @param hasLeft probability that the person has left
 * @param noVisitStaying probability of no visit of who has not left by the day
 * @param services maintenance visits to be expected in the window of who has not left, as long as
 *     none comes
 */
record Outlook(
    double noVisit,
    double noVisitUnbilled,
    double noVisitContent,
    double hasLeft,
    double noVisitStaying,
    double services) {
  /** Of who holds no vehicle. */
  static final Outlook UNKNOWN = new Outlook(0.5, 0.5, 0.5, 0.5, 0.5, 0);
}
