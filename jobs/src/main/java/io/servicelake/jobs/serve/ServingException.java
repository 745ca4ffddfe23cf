package io.servicelake.jobs.serve;

/**
 * Something about the serving database that its user can put right. The message says what failed
 * with the facts, why, and what to do; it never holds a password.
 */
public final class ServingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ServingException(String message) {
    super(message);
  }

  public ServingException(String message, Throwable cause) {
    super(message, cause);
  }
}
