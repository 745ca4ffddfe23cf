package io.servicelake.jobs.kafka;

import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.io.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/**
 * A single broker for development (KRaft, no ZooKeeper): a process of its own on a class path of
 * its own, which outlives the one that started it, keeps its data below its home and listens on
 * 127.0.0.1 without any security. Every method may be called again.
 */
public final class KafkaBroker {
  private static final String HOST = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Waiting WAITING = new Waiting("Kafka", Duration.ofMillis(100));
  private static final long LOG_BYTES_KEPT = 10_000_000;
  private static final int LINES_SHOWN = 12;

  private final Path home;
  private final Path jars;
  private final int port;

  /**
   * @param home folder for data, log and pid file; made at the first start
   * @param jars folder with the jars of the broker
   * @param port the port of clients; the next one is the controller's
   */
  public KafkaBroker(Path home, Path jars, int port) {
    this.home = home.toAbsolutePath().normalize();
    this.jars = jars.toAbsolutePath().normalize();
    this.port = port;
  }

  /**
   * The broker as found.
   *
   * @param pid its process; empty when stopped
   */
  public record Status(Optional<Long> pid, int port, Path dataFolder, Path logFile) {}

  /**
   * Starts the broker, or finds it running; returns its address once it answers.
   *
   * @throws CannotException if it cannot run here, with the reason
   */
  public String start() {
    return withLock(this::startLocked);
  }

  /** Stops the broker and waits for its end; nothing happens if it does not run. */
  public void stop() {
    if (Files.isDirectory(home)) {
      withLock(
          () -> {
            running().ifPresent(this::end);
            return null;
          });
    }
  }

  /** Whether the broker runs, as told by its pid file and the process behind it. */
  public Status status() {
    return new Status(
        running().map(ProcessHandle::pid), port, home.resolve("data"), home.resolve("broker.log"));
  }

  /** Address of clients. */
  public String address() {
    return HOST + ":" + port;
  }

  private String startLocked() throws IOException {
    if (running().isEmpty()) {
      launch();
    }
    waitUntilReady();
    return address();
  }

  private void launch() throws IOException {
    if (!Files.isDirectory(jars)) {
      throw new CannotException(
          "Cannot start Kafka: there is no folder %s. The build copies the broker's jars there. Build with ./mvnw package."
              .formatted(jars));
    }
    requireFree(port);
    requireFree(port + 1);
    rotateLog();
    Path properties = home.resolve("server.properties");
    Files.writeString(properties, configuration());
    if (!Files.exists(home.resolve("data/meta.properties"))) {
      Process format =
          java(
                  "kafka.tools.StorageTool",
                  "format",
                  "-t",
                  Uuid.randomUuid().toString(),
                  "-c",
                  properties.toString())
              .start();
      if (waitFor(format) != 0) {
        throw new CannotException(
            "Cannot set up Kafka in %s:\n%s\nThe program gave the reason above. Correct it and start again."
                .formatted(home, logTail()));
      }
    }
    Process broker = java("kafka.Kafka", properties.toString()).start();
    Files.writeString(pidFile(), broker.pid() + "\n" + startOf(broker.toHandle()) + "\n");
  }

  /** Java on the broker's own class path, in a session of its own where the system offers it. */
  private ProcessBuilder java(String mainClass, String... arguments) {
    List<String> command = new ArrayList<>();
    Path setsid = Path.of("/usr/bin/setsid");
    if (Files.isExecutable(setsid)) {
      command.add(setsid.toString());
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss",
            "-cp",
            jars + "/*",
            mainClass));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("SERVICELAKE_"));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("broker.log").toFile()));
  }

  private String configuration() {
    return """
        # Written at every start.
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@%1$s:%3$d
        listeners=PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d
        advertised.listeners=PLAINTEXT://%1$s:%2$d
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        controller.listener.names=CONTROLLER
        inter.broker.listener.name=PLAINTEXT
        log.dirs=%4$s
        num.partitions=2
        auto.create.topics.enable=false
        # What is there to be replayed stays.
        log.retention.ms=-1
        # One broker: nothing has a copy.
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        """
        .formatted(HOST, port, port + 1, home.resolve("data"));
  }

  private void waitUntilReady() {
    boolean isReady =
        WAITING.isTrueWithin(
            PATIENCE,
            () -> {
              if (running().isEmpty()) {
                throw new CannotException(
                    "Cannot start Kafka in %s:\n%s\nThe broker gave the reason above. Correct it and start again; the whole log is in %s."
                        .formatted(home, logTail(), home.resolve("broker.log")));
              }
              return answers();
            });
    if (!isReady) {
      throw new CannotException(
          "Cannot use Kafka on port %d: not ready after %d seconds. It may be recovering from a hard stop. See %s and try again."
              .formatted(port, PATIENCE.toSeconds(), home.resolve("broker.log")));
    }
  }

  private boolean answers() {
    if (isFree(port)) {
      return false;
    }
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers",
            address(),
            "default.api.timeout.ms",
            "5000",
            "request.timeout.ms",
            "4000");
    try (Admin admin = Admin.create(client)) {
      return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      throw WAITING.interrupted(e);
    }
  }

  private void end(ProcessHandle broker) {
    broker.destroy();
    if (!WAITING.isTrueWithin(PATIENCE, () -> !broker.isAlive())) {
      throw new CannotException(
          "Cannot stop Kafka: process %d still runs after %d seconds. See %s, or end the process by hand."
              .formatted(broker.pid(), PATIENCE.toSeconds(), home.resolve("broker.log")));
    }
    try {
      Files.deleteIfExists(pidFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process of the pid file, if it is the one that was started: pids are used again. */
  private Optional<ProcessHandle> running() {
    try {
      List<String> lines = Files.readAllLines(pidFile());
      return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
          .filter(ProcessHandle::isAlive)
          .filter(process -> startOf(process).equals(lines.get(1)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private Path pidFile() {
    return home.resolve("broker.pid");
  }

  private void requireFree(int wanted) {
    if (!isFree(wanted)) {
      throw new CannotException(
          "Cannot start Kafka: port %d of %s is taken. Another program listens there. Stop that program, or set kafka.dev_port."
              .formatted(wanted, HOST));
    }
  }

  private static boolean isFree(int wanted) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), wanted));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void rotateLog() throws IOException {
    Path log = home.resolve("broker.log");
    if (Files.exists(log) && Files.size(log) > LOG_BYTES_KEPT) {
      Files.move(log, log.resolveSibling("broker.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private String logTail() {
    try {
      List<String> lines = Files.readString(home.resolve("broker.log")).strip().lines().toList();
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    } catch (IOException e) {
      return "(no log)";
    }
  }

  private <T> T withLock(Waiting.Work<T> work) {
    return WAITING.oneAtATime(home.resolve("broker.lock"), PATIENCE.multipliedBy(2), work);
  }

  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw WAITING.interrupted(e);
    }
  }
}
