package io.servicelake.jobs.bi;

/** Colours with a meaning, the same on every board. */
final class BoardColors {
  static final String GOOD = "#2A9D8F";

  /** Good, too, next to {@link #GOOD}. */
  static final String GOOD_TOO = "#8FCFC6";

  static final String ATTENTION = "#E9A23B";
  static final String BAD = "#C8553D";

  /** Neither good nor bad. */
  static final String CALM = "#1F5F8B";

  /** Neither, next to {@link #CALM}. */
  static final String CALM_TOO = "#8FB8DE";

  private BoardColors() {}
}
