package io.servicelake.jobs.cli;

import io.servicelake.jobs.RunListener;
import io.servicelake.jobs.StepResult;
import io.servicelake.jobs.StepResult.Outcome;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Shows how a run goes on: one line kept up to date on a terminal, a line per step elsewhere. */
public final class RunDisplay implements RunListener {
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintWriter out;
  private final boolean isTerminal;
  private final Set<String> running = new LinkedHashSet<>();
  private long rows;

  public RunDisplay(PrintWriter out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  /** For standard output. */
  public static RunDisplay of(PrintWriter out) {
    return new RunDisplay(out, System.console() != null);
  }

  @Override
  public synchronized void started(String step, int stepsLeft) {
    running.add(step);
    update(stepsLeft);
  }

  @Override
  public synchronized void ended(StepResult result, int stepsLeft) {
    running.remove(result.step());
    rows += result.rows();
    if (isTerminal) {
      update(stepsLeft);
    } else if (result.outcome() != Outcome.SKIPPED) {
      out.println(
          "%s: %s, %s, %d steps left"
              .formatted(result.step(), told(result), seconds(result.seconds()), stepsLeft));
      out.flush();
    }
  }

  /** Takes the line away. */
  public synchronized void close() {
    if (isTerminal) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }

  private void update(int stepsLeft) {
    if (isTerminal) {
      out.print(
          CLEAR_LINE
              + "%d steps left, %,d rows written; now %s"
                  .formatted(stepsLeft, rows, String.join(" and ", running)));
      out.flush();
    }
  }

  private static String told(StepResult result) {
    return switch (result.outcome()) {
      case WRITTEN -> String.format(Locale.ROOT, "%,d rows", result.rows());
      case UNCHANGED -> "nothing to write";
      case SKIPPED -> "skipped";
      case FAILED -> "failed";
      case NOT_RUN -> "not run";
    };
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }
}
