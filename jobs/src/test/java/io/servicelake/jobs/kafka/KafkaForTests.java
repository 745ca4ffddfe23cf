package io.servicelake.jobs.kafka;

import io.servicelake.jobs.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;

/** A real broker for a test class, on free ports in a folder of the test. */
public final class KafkaForTests {
  private static final Path JARS = Path.of("..", "broker", "target", "lib");
  private static final int TRIES = 50;

  private KafkaForTests() {}

  /** A broker that is not started yet. */
  public static KafkaBroker broker(Path home) {
    return new KafkaBroker(home, JARS, freePort());
  }

  /** The way to a broker. */
  public static KafkaConnection connection(KafkaBroker broker) {
    return KafkaConnection.of(Settings.of("kafka.bootstrap_servers=" + broker.address()), Map.of());
  }

  /** A port that is free together with the next one. */
  static int freePort() {
    for (int i = 0; i < TRIES; i++) {
      try (ServerSocket one = new ServerSocket(0, 1, local());
          ServerSocket next = new ServerSocket(one.getLocalPort() + 1, 1, local())) {
        return next.getLocalPort() - 1;
      } catch (IOException e) {
        // The next one is taken: another pair.
        continue;
      }
    }
    throw new IllegalStateException("no two free ports side by side");
  }

  private static InetAddress local() {
    try {
      return InetAddress.getByName("127.0.0.1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
