package io.servicelake.jobs;

/**
 * A fault that the user can mend: its message says what cannot be done, with values, why, and what
 * to do. Shown without a stack trace.
 */
public class CannotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CannotException(String message) {
    super(message);
  }

  public CannotException(String message, Throwable cause) {
    super(message, cause);
  }
}
