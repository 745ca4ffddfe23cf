package io.servicelake.jobs.simulate;

/** The days that are exported, as days since 1970, both included. */
record Period(int startDay, int endDay) {
  int firstYear() {
    return Dates.year(startDay);
  }

  int lastYear() {
    return Dates.year(endDay);
  }

  /** The last second that counts. */
  long endSecond() {
    return Dates.at(endDay + 1, 0) - 1;
  }
}
