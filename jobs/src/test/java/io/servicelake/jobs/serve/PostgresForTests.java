package io.servicelake.jobs.serve;

import static org.junit.jupiter.api.Assumptions.abort;

import io.servicelake.jobs.CannotException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** A real server for a test class, on a free port in a folder of the test. */
public final class PostgresForTests {
  private PostgresForTests() {}

  /** Started; where PostgreSQL cannot run at all the tests are skipped with the reason. */
  public static PostgresDaemon started(Path home, int port) {
    PostgresDaemon daemon = new PostgresDaemon(home, port);
    try {
      daemon.start();
      return daemon;
    } catch (CannotException e) {
      if (isNoPlaceForPostgres(e.getMessage())) {
        return abort("PostgreSQL cannot run on this machine. " + e.getMessage());
      }
      throw e;
    }
  }

  static ServerSocket taken() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName(ConnectionInfo.HOST));
  }

  private static boolean isNoPlaceForPostgres(String message) {
    return message.contains("no binaries for") || message.contains("refuses to run as root");
  }
}
