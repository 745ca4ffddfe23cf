package io.servicelake.jobs.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Tells once that the process is ended from outside, by Ctrl-C or SIGTERM, while work is under way;
 * what the threads of the work print of their end is left out.
 */
final class EndBySignal {
  private EndBySignal() {}

  /** Does the work; tells if a signal ends it. */
  static <T> T told(Supplier<T> work) {
    Thread hook = new Thread(EndBySignal::tell, "end by signal");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      forget(hook);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook has told.
      return;
    }
  }

  private static void tell() {
    PrintStream err = System.err;
    PrintStream nothing =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    System.setOut(nothing);
    System.setErr(nothing);
    err.println(
        "Ended by a signal. What was finished is kept; run the same command again to go on.");
    err.flush();
  }
}
