package io.servicelake.jobs;

/**
 * Named places where a run may be made to die at once, as if the machine had failed: tests of
 * recovery set {@value #VARIABLE} (system property or environment variable) to the name of one.
 */
public final class CrashPoints {
  /** The property and variable that names the place to die at. */
  public static final String VARIABLE = "SERVICELAKE_CRASH_AT";

  private static final int EXIT_OF_A_KILLED_PROCESS = 137;

  private CrashPoints() {}

  /** Ends this process without any cleaning up if it was asked to die here; else does nothing. */
  public static void at(String name) {
    String asked = System.getProperty(VARIABLE, System.getenv(VARIABLE));
    if (name.equals(asked)) {
      Runtime.getRuntime().halt(EXIT_OF_A_KILLED_PROCESS);
    }
  }
}
