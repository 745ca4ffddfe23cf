package io.servicelake.jobs.simulate;

/** A vehicle in someone's hands; the end may be known to the files or not. */
final class Ownership {
  final Vehicle vehicle;
  final String plate;
  final int fromDay;
  int untilDay = Dates.NO_DAY;
  String endReason = "";

  /** When the end was entered; {@link Dates#NEVER} if the files never heard of it. */
  long endEnteredAt = Dates.NEVER;

  Ownership(Vehicle vehicle, String plate, int fromDay) {
    this.vehicle = vehicle;
    this.plate = plate;
    this.fromDay = fromDay;
  }

  boolean isHeld() {
    return untilDay == Dates.NO_DAY;
  }
}
