package io.servicelake.ml.repeat;

/** The unit in which histories and horizons are counted; a model keeps the one it was fitted in. */
public enum TimeUnit {
  DAYS(1),
  WEEKS(7);

  private final int days;

  TimeUnit(int days) {
    this.days = days;
  }

  /** Days of one unit. */
  public int days() {
    return days;
  }
}
