package io.servicelake.jobs.serve;

import io.servicelake.jobs.CannotException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs short commands of the operating system. */
final class Shell {
  private static final int NOT_FOUND = 127;
  private static final int LINES_SHOWN = 12;

  private Shell() {}

  /** How a command ended and what it printed. */
  record Result(int exitCode, String output) {
    boolean isOk() {
      return exitCode == 0;
    }

    /** The last lines of the output, for a message. */
    String tail() {
      List<String> lines = output.strip().lines().toList();
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }
  }

  /**
   * Runs the command to its end with no input. Settings of PostgreSQL and secrets in this process's
   * environment are not handed on.
   */
  static Result run(Path folder, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("SERVICELAKE_"));
    environment.put("LC_ALL", "C");
    builder.redirectErrorStream(true);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      return new Result(NOT_FOUND, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotException(
          "Cannot wait for %s: interrupted. The program was asked to end. Start again."
              .formatted(command.get(0)),
          e);
    }
  }
}
