package io.servicelake.jobs;

/**
 * Named points at which a run can be made to die as by {@code kill -9}: the property {@code
 * servicelake.crash_at} or the variable {@code SERVICELAKE_CRASH_AT} holds the name. Rehearses what
 * a rerun has to mend.
 */
public final class CrashPoints {
  /** Exit status of a process that a crash point ended. */
  public static final int STATUS = 137;

  private CrashPoints() {}

  /** Ends the process without any clean-up if it was asked to die here. */
  public static void at(String name) {
    String wanted =
        System.getProperty("servicelake.crash_at", System.getenv("SERVICELAKE_CRASH_AT"));
    if (name.equals(wanted)) {
      Runtime.getRuntime().halt(STATUS);
    }
  }
}
