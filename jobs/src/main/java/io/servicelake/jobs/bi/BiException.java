package io.servicelake.jobs.bi;

/**
 * Something about the dashboards that their user can put right. The message says what failed with
 * the facts, why, and what to do; it never holds a password.
 */
public final class BiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BiException(String message) {
    super(message);
  }

  public BiException(String message, Throwable cause) {
    super(message, cause);
  }
}
