package io.servicelake.jobs.bi;

import io.servicelake.jobs.CannotException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs programs: their output goes to a log file, secrets go through the environment alone. */
final class Commands {
  private static final int TAIL = 15;
  private static final int TICK_SECONDS = 15;
  private static final List<String> NOT_HANDED_ON =
      List.of("SERVICELAKE_", "SUPERSET_", "PYTHON", "FLASK_", "GUNICORN_", "VIRTUAL_ENV", "PG");

  private final Path log;
  private final Map<String, String> environment;
  private final Consumer<String> progress;

  /**
   * @param environment of this program; secrets and settings of Python are not handed on
   */
  Commands(Path log, Map<String, String> environment, Consumer<String> progress) {
    this.log = log;
    this.environment = environment;
    this.progress = progress;
  }

  /** Runs it to its end and says every while how long it has taken. */
  void run(String purpose, Path folder, Map<String, String> additions, List<String> command) {
    try {
      Process process =
          builder(folder, additions, command)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      process.getOutputStream().close();
      int seconds = 0;
      while (!process.waitFor(TICK_SECONDS, TimeUnit.SECONDS)) {
        seconds += TICK_SECONDS;
        progress.accept("  ... %d s".formatted(seconds));
      }
      if (process.exitValue() != 0) {
        throw new CannotException(
            "Cannot %s: %s ended with exit code %d. Its last words:%n%s%nThe whole log is %s. Correct the cause, then try again."
                .formatted(
                    purpose,
                    Path.of(command.get(0)).getFileName(),
                    process.exitValue(),
                    tail(log),
                    log));
      }
    } catch (IOException e) {
      throw notStarted(purpose, command, e);
    } catch (InterruptedException e) {
      throw interrupted(purpose, e);
    }
  }

  /** Runs it to its end, shows its lines as they come, and returns them with the exit code. */
  Result runShowing(
      String purpose, Path folder, Map<String, String> additions, List<String> command) {
    List<String> lines = new ArrayList<>();
    try {
      Process process = builder(folder, additions, command).start();
      process.getOutputStream().close();
      try (BufferedReader reader =
              new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
          Writer writer =
              new OutputStreamWriter(
                  Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                  StandardCharsets.UTF_8)) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          lines.add(line);
          writer.write(line + "\n");
          progress.accept(line);
        }
      }
      return new Result(process.waitFor(), lines);
    } catch (IOException e) {
      throw notStarted(purpose, command, e);
    } catch (InterruptedException e) {
      throw interrupted(purpose, e);
    }
  }

  /** How a program ended and what it printed. */
  record Result(int exitCode, List<String> lines) {}

  private ProcessBuilder builder(Path folder, Map<String, String> additions, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> handedOn = builder.environment();
    handedOn.clear();
    handedOn.putAll(environment);
    handedOn.keySet().removeIf(name -> NOT_HANDED_ON.stream().anyMatch(name::startsWith));
    handedOn.put("PYTHONUNBUFFERED", "1");
    handedOn.put("PYTHONUTF8", "1");
    handedOn.put("PIP_DISABLE_PIP_VERSION_CHECK", "1");
    handedOn.putAll(additions);
    return builder.redirectErrorStream(true);
  }

  private static CannotException notStarted(String purpose, List<String> command, IOException e) {
    return new CannotException(
        "Cannot %s: %s does not start (%s). The program is missing or damaged. Install it again, then try again."
            .formatted(purpose, command.get(0), e.getMessage()),
        e);
  }

  private static CannotException interrupted(String purpose, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new CannotException(
        "Cannot %s: interrupted. The program was asked to end. Start again.".formatted(purpose), e);
  }

  /** The last lines of a file, for a message. */
  static String tail(Path file) {
    try {
      List<String> lines =
          new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    } catch (IOException e) {
      return "(no log)";
    }
  }
}
