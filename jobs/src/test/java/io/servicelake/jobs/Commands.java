package io.servicelake.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The command line in processes of its own, with a state folder and a database port of its own. */
final class Commands {
  private static final long PATIENCE_SECONDS = 600;
  private static final String KEY =
      Base64.getEncoder()
          .encodeToString("a key for tests, 32 bytes long !".getBytes(StandardCharsets.UTF_8));

  private static final Path MAIN_LOG =
      Path.of("src/main/resources/log4j2.properties").toAbsolutePath();

  private final Path home;
  private final int port;
  private int count;

  Commands(Path home, int port) throws IOException {
    this.home = Files.createDirectories(home);
    this.port = port;
    Files.createSymbolicLink(home.resolve("conf"), Path.of("..", "conf").toRealPath());
  }

  Path state() {
    return home.resolve(".servicelake");
  }

  int port() {
    return port;
  }

  Command start(String... arguments) throws IOException {
    return of(arguments).start();
  }

  Builder of(String... arguments) {
    return new Builder(List.of(arguments));
  }

  /** A command about to be started. */
  final class Builder {
    private final List<String> arguments;
    private final List<String> under = new ArrayList<>();
    private final Map<String, String> variables = new HashMap<>();
    private String crashAt = "";

    private Builder(List<String> arguments) {
      this.arguments = new ArrayList<>(arguments);
    }

    Builder also(String argument) {
      arguments.add(argument);
      return this;
    }

    Builder crashingAt(String point) {
      crashAt = point;
      return this;
    }

    Builder with(Map<String, String> more) {
      variables.putAll(more);
      return this;
    }

    /** Words before the command, such as those of a program that runs it. */
    Builder under(String... words) {
      under.addAll(List.of(words));
      return this;
    }

    Command start() throws IOException {
      List<String> words = new ArrayList<>(under);
      words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      words.addAll(
          ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
              .filter(word -> word.startsWith("--add-opens") || word.startsWith("-XX:"))
              .toList());
      words.addAll(List.of("-Xmx2g", "-Duser.timezone=UTC", "-Dservicelake.home=" + home));
      // The tests' own settings of the log would print it.
      words.add("-Dlog4j2.configurationFile=" + MAIN_LOG);
      words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
      words.addAll(arguments);
      if (!arguments.get(0).equals("simulate")) {
        words.add("--set=serving.port=" + port);
      }
      Path output = home.resolve("output" + count++ + ".log");
      ProcessBuilder builder =
          new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
      Map<String, String> environment = builder.environment();
      environment.put("SERVICELAKE_MASTER_KEY", KEY);
      environment.putAll(variables);
      if (!crashAt.isEmpty()) {
        environment.put("SERVICELAKE_CRASH_AT", crashAt);
      }
      return new Command(builder.start(), output);
    }
  }

  /** A command under way or ended. */
  static final class Command {
    private final Process process;
    private final Path output;

    private Command(Process process, Path output) {
      this.process = process;
      this.output = output;
    }

    /** Its exit status, when it has ended. */
    int status() throws InterruptedException {
      return status(PATIENCE_SECONDS);
    }

    /** Its exit status, when it has ended; it is given that long. */
    int status(long seconds) throws InterruptedException {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        kill();
        throw new IllegalStateException("The command does not end; it printed: " + output());
      }
      return process.exitValue();
    }

    /** Returns when its output fits, or it has ended. */
    void until(Predicate<String> fits) {
      while (process.isAlive() && !fits.test(output())) {
        LockSupport.parkNanos(50_000_000);
      }
    }

    /** Kills it and what it started, without any chance to clean up. */
    void kill() throws InterruptedException {
      try (Stream<ProcessHandle> below = process.descendants()) {
        below
            .filter(child -> !child.info().command().orElse("").contains("postgres"))
            .forEach(ProcessHandle::destroyForcibly);
      }
      process.destroyForcibly().waitFor();
    }

    /** Asks it to end, as Ctrl-C does, and waits until it has. */
    void end() throws InterruptedException {
      process.destroy();
      status();
    }

    /** What it printed. */
    String output() {
      try {
        return Files.readString(output);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
