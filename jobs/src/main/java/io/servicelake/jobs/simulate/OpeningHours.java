package io.servicelake.jobs.simulate;

/** When workshops work; times of day in minutes. */
record OpeningHours(Season season) {
  static final int OPENS = 8 * 60;
  static final int CLOSES = 18 * 60 + 30;

  /** The second at which so many minutes of opening hours have passed. */
  long after(long from, int minutes) {
    int day = Dates.dayOf(from);
    int minute = (int) ((from - Dates.at(day, 0)) / 60);
    int left = minutes;
    while (true) {
      int today = season.isClosed(day) ? 0 : Math.max(0, CLOSES - minute);
      if (left <= today) {
        return Dates.at(day, minute + left);
      }
      left -= today;
      day++;
      minute = OPENS;
    }
  }
}
