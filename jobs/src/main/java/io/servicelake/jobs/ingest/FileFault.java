package io.servicelake.jobs.ingest;

import java.io.IOException;

/** A file that is refused; the message says what is wrong with it: "it has no sheet Parts". */
final class FileFault extends IOException {
  private static final long serialVersionUID = 1L;

  FileFault(String message) {
    super(message);
  }

  FileFault(String message, Throwable cause) {
    super(message, cause);
  }

  /** What is wrong with a file, in words for the user. */
  static String of(IOException e, String otherwise) {
    return e instanceof FileFault ? e.getMessage() : otherwise;
  }
}
