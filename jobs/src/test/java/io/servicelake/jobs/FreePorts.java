package io.servicelake.jobs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Ports for servers of tests. They lie below those systems give to outgoing connections, no two of
 * a JVM are the same, and JVMs beside each other begin apart: a port that was free when asked for
 * is so still when its server starts.
 */
public final class FreePorts {
  private static final int FIRST = 16_000;
  private static final int STRETCH = 100;
  private static final int STRETCHES = 160;

  private static int next = FIRST + (int) (ProcessHandle.current().pid() % STRETCHES) * STRETCH;

  private FreePorts() {}

  /** A port that is free together with the next one. */
  public static synchronized int pair() {
    for (int tried = 0; tried < STRETCH * STRETCHES / 2; tried++) {
      int port = next;
      next = port + 2 < FIRST + STRETCH * STRETCHES ? port + 2 : FIRST;
      if (isFree(port) && isFree(port + 1)) {
        return port;
      }
    }
    throw new IllegalStateException("no two free ports side by side from " + FIRST + " on");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
