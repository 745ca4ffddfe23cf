package io.servicelake.jobs.cli;

/** What a command's exit status says. */
public final class ExitStatus {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int WRONG_USE = 2;
  public static final int TOO_MANY_REJECTS = 3;

  private ExitStatus() {}
}
