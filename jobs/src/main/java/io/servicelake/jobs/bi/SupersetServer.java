package io.servicelake.jobs.bi;

import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.io.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The process that serves Superset on 127.0.0.1; it outlives this program. */
final class SupersetServer {
  private static final String HOST = "127.0.0.1";
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
  private static final Waiting WAITING = new Waiting("Superset", Duration.ofMillis(300));
  private static final long LOG_BYTES_KEPT = 20_000_000;

  private final SupersetHome home;
  private final int port;
  private final Consumer<String> progress;

  SupersetServer(SupersetHome home, int port, Consumer<String> progress) {
    this.home = home;
    this.port = port;
    this.progress = progress;
  }

  /** Where it is served. */
  URI address() {
    return URI.create("http://%s:%d".formatted(HOST, port));
  }

  /** Where a dashboard is shown. */
  URI dashboard(String slug) {
    return URI.create("%s/superset/dashboard/%s/".formatted(address(), slug));
  }

  /** True if the server runs and answers. */
  boolean isUp() {
    return process().isPresent() && isHealthy();
  }

  /** True if it runs, started with settings of that fingerprint. */
  boolean runsWith(String settings) {
    return process().isPresent() && settings.equals(SupersetHome.read(home.stateFile()).orElse(""));
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param settings fingerprint of what it is started with
   * @throws CannotException if it does not answer; none is left running
   */
  void start(Commands commands, Map<String, String> environment, String settings)
      throws IOException {
    progress.accept("Starting Superset on %s:%d".formatted(HOST, port));
    commands.run(
        "start Superset",
        home.folder(),
        environment,
        List.of(
            home.tool("gunicorn"),
            "--workers",
            "1",
            "--worker-class",
            "gthread",
            "--threads",
            "8",
            "--timeout",
            "120",
            "--bind",
            "%s:%d".formatted(HOST, port),
            "--daemon",
            "--pid",
            home.pidFile().toString(),
            "--error-logfile",
            home.serverLog().toString(),
            "--capture-output",
            "superset.app:create_app()"));
    Instant begun = Instant.now();
    boolean isUp =
        WAITING.isTrueWithin(
            START_PATIENCE,
            () -> isHealthy() || hasGivenUp(Duration.between(begun, Instant.now())));
    if (!isUp || process().isEmpty() || !isHealthy()) {
      stop();
      throw new CannotException(
          "Cannot start Superset on port %d: it does not answer. Its last words:%n%s%nThe whole log is %s. Correct the cause, then try again."
              .formatted(port, Commands.tail(home.serverLog()), home.serverLog()));
    }
    Files.writeString(home.stateFile(), settings);
  }

  /** True if the server wrote its pid file and went, or never wrote one. */
  private boolean hasGivenUp(Duration waited) {
    return waited.compareTo(Duration.ofSeconds(10)) > 0 && process().isEmpty();
  }

  /** Stops it; false if none was running. */
  boolean stop() {
    Optional<ProcessHandle> server = process();
    try {
      Files.deleteIfExists(home.stateFile());
      if (server.isEmpty()) {
        Files.deleteIfExists(home.pidFile());
        return false;
      }
      List<ProcessHandle> family = new ArrayList<>(server.get().descendants().toList());
      family.add(server.get());
      server.get().destroy();
      BooleanSupplier isGone = () -> family.stream().noneMatch(ProcessHandle::isAlive);
      if (!WAITING.isTrueWithin(STOP_PATIENCE, isGone)) {
        family.forEach(ProcessHandle::destroyForcibly);
        WAITING.isTrueWithin(STOP_PATIENCE, isGone);
      }
      Files.deleteIfExists(home.pidFile());
      return true;
    } catch (IOException e) {
      throw home.unusable(e);
    }
  }

  /** The process of the pid file, if it is our server: pids are used again. */
  private Optional<ProcessHandle> process() {
    try {
      return SupersetHome.read(home.pidFile())
          .map(Long::parseLong)
          .flatMap(ProcessHandle::of)
          .filter(ProcessHandle::isAlive)
          .filter(
              process ->
                  process
                      .info()
                      .commandLine()
                      .filter(line -> line.contains(home.tool("gunicorn")))
                      .isPresent());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Refuses to go on if another program listens there. */
  void requireFreePort() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
    } catch (IOException e) {
      throw new CannotException(
          "Cannot start Superset: port %d of %s is taken. Another program listens there. Stop that program, or configure another port."
              .formatted(port, HOST),
          e);
    }
  }

  private boolean isHealthy() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address() + "/health"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .connectTimeout(Duration.ofSeconds(2))
              .version(HttpClient.Version.HTTP_1_1)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 && answer.body().strip().equals("OK");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw WAITING.interrupted(e);
    }
  }

  /** Sets a log that grew large aside. */
  void rotateLog() throws IOException {
    Path log = home.serverLog();
    if (Files.exists(log) && Files.size(log) > LOG_BYTES_KEPT) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
