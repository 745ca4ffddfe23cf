package io.servicelake.jobs.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.FreePorts;
import io.servicelake.jobs.serve.PostgresDaemon.State;
import io.servicelake.jobs.serve.PostgresDaemon.Status;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresDaemonTest {
  private static PostgresDaemon daemon;
  private static Path home;
  private static int port;

  @BeforeAll
  static void start(@TempDir Path folder) {
    home = folder.resolve("home");
    port = FreePorts.pair();
    daemon = PostgresForTests.started(home, port);
  }

  @AfterAll
  static void stop() {
    if (daemon != null) {
      daemon.stop();
    }
  }

  @Test
  void aSecondStartFindsTheServerOfTheFirst() {
    long pid = daemon.status().pid();

    new PostgresDaemon(home, port).start();

    assertThat(daemon.status())
        .returns(State.RUNNING, Status::state)
        .returns(pid, Status::pid)
        .returns(port, Status::port);
  }

  @Test
  void twoStartsAtOnceEndInOneServer() throws Exception {
    daemon.stop();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<ConnectionInfo>> starts =
          List.of(
              threads.submit(daemon::start), threads.submit(new PostgresDaemon(home, port)::start));
      for (Future<ConnectionInfo> start : starts) {
        assertThat(start.get().port()).isEqualTo(port);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(daemon.status().state()).isEqualTo(State.RUNNING);
  }

  @Test
  void stoppingTwiceIsNoFaultAndTheDataStays() throws SQLException {
    TestSql.run(
        daemon.connectionInfo().as(DatabaseRole.OWNER), "CREATE TABLE public.kept (id int)");

    daemon.stop();
    daemon.stop();
    assertThat(daemon.status().state()).isEqualTo(State.STOPPED);
    ConnectionInfo again = daemon.start();

    assertThat(TestSql.one(again.as(DatabaseRole.OWNER), "SELECT count(*) FROM public.kept"))
        .isEqualTo("0");
    TestSql.run(again.as(DatabaseRole.OWNER), "DROP TABLE public.kept");
  }

  @Test
  void anotherPortWhileTheServerRunsIsRefused() {
    assertThatThrownBy(new PostgresDaemon(home, port + 1)::start)
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("runs on port " + port);
  }

  @Test
  void aPidOfAnotherProcessIsRecognisedAsStale() throws IOException {
    daemon.stop();
    Path pidFile = daemon.status().dataFolder().resolve("postmaster.pid");
    Files.writeString(
        pidFile,
        "%d\n%s\n1700000000\n%d\n\n127.0.0.1\n  0 0\nready\n"
            .formatted(ProcessHandle.current().pid(), daemon.status().dataFolder(), port));

    assertThat(daemon.status().state()).isEqualTo(State.STOPPED);
    daemon.start();

    assertThat(daemon.status().state()).isEqualTo(State.RUNNING);
    assertThat(daemon.status().pid()).isNotEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void aServerThatWasKilledStartsAgain() {
    long killed = daemon.status().pid();
    assertThat(Shell.run(Path.of("/"), List.of("/bin/sh", "-c", "kill -9 " + killed)).isOk())
        .isTrue();
    while (daemon.status().state() != State.STOPPED) {
      Thread.onSpinWait();
    }

    daemon.start();

    assertThat(daemon.status().state()).isEqualTo(State.RUNNING);
    assertThat(daemon.status().pid()).isNotEqualTo(killed);
  }

  @Test
  void aWrongPasswordIsRefused() {
    ServingTarget owner = daemon.connectionInfo().as(DatabaseRole.OWNER);
    ServingTarget guess = new ServingTarget(owner.url(), owner.user(), "guess");

    assertThatThrownBy(() -> TestSql.one(guess, "SELECT 1"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void everyRoleEntersItsOwnDatabaseAndNoOther() throws SQLException {
    ConnectionInfo server = daemon.connectionInfo();
    for (DatabaseRole role : DatabaseRole.values()) {
      assertThat(TestSql.one(server.as(role), "SELECT current_user")).isEqualTo(role.roleName());
    }
    ServingTarget reader = server.as(DatabaseRole.BI_READER);
    ServingTarget elsewhere =
        new ServingTarget(server.url(DatabaseRole.SUPERSET), reader.user(), reader.password());
    assertThatThrownBy(() -> TestSql.one(elsewhere, "SELECT 1"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied for database");
  }

  @Test
  void theServerListensOnThisMachineOnly() throws SQLException {
    ServingTarget administrator = daemon.connectionInfo().as(DatabaseRole.ADMINISTRATOR);

    assertThat(TestSql.one(administrator, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(TestSql.one(administrator, "SHOW unix_socket_directories")).isEmpty();
  }

  @Test
  void keyFilesAreForTheirOwnerAlone() throws IOException {
    for (DatabaseRole role : DatabaseRole.values()) {
      Path file = home.resolve("secrets").resolve(role.keyFileName());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("secrets"))))
        .isEqualTo("rwx------");
  }

  @Test
  void neitherTextsNorTheServersLogShowAPassword() throws IOException {
    ConnectionInfo server = daemon.connectionInfo();
    String log = Files.readString(daemon.status().logFile());
    for (DatabaseRole role : DatabaseRole.values()) {
      ServingTarget target = server.as(role);
      assertThat(target + " " + server + log).doesNotContain(target.password());
    }
  }

  @Test
  void aPasswordOfTheEnvironmentReplacesTheKeptOne() throws SQLException {
    Map<String, String> environment = Map.of("SERVICELAKE_BI_PASSWORD", "said aloud 'once'");

    ConnectionInfo server = new PostgresDaemon(home, port, environment, RunAs.candidates()).start();

    assertThat(server.as(DatabaseRole.BI_READER).password()).isEqualTo("said aloud 'once'");
    assertThat(TestSql.one(server.as(DatabaseRole.BI_READER), "SELECT 1")).isEqualTo("1");
    daemon.start();
  }

  @Test
  void aTakenPortIsToldBeforeAnythingStarts(@TempDir Path other) throws IOException {
    try (ServerSocket taken = PostgresForTests.taken()) {
      PostgresDaemon second = new PostgresDaemon(other, taken.getLocalPort());

      assertThatThrownBy(second::start)
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " of 127.0.0.1 is taken");
      assertThat(second.status().state()).isEqualTo(State.STOPPED);
    }
  }

  @Test
  void rootUnderAnImpassableFolderRunsItAsAnotherUserElsewhere(@TempDir Path closed)
      throws Exception {
    assumeTrue(RunAs.isRoot(), "only root may change the user");
    RunAs nobody = RunAs.otherUser("nobody").filter(RunAs::works).orElse(null);
    assumeTrue(nobody != null, "no user nobody, or no setpriv");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    PostgresDaemon other = new PostgresDaemon(closed, FreePorts.pair(), Map.of(), List.of(nobody));
    try {
      ConnectionInfo server = other.start();

      assertThat(TestSql.one(server.as(DatabaseRole.OWNER), "SELECT 1")).isEqualTo("1");
      assertThat(closed.resolve("pgdata")).isSymbolicLink();
      assertThat(Files.getOwner(other.status().dataFolder()).getName()).isEqualTo("nobody");
    } finally {
      other.stop();
      Path data = other.status().dataFolder();
      if (!data.startsWith(closed)) {
        PostgresBinaries.deleteTree(data.getParent());
      }
    }
  }

  @Test
  void aCommandForAShellKeepsItsQuotes() {
    RunAs su = new RunAs("su", List.of("/bin/sh", "-c"), true, java.util.Optional.empty());

    Shell.Result result =
        Shell.run(Path.of("/"), su.command(List.of("printf", "%s|", "it's", "a b", "$HOME")));

    assertThat(result.output()).isEqualTo("it's|a b|$HOME|");
  }

  @Test
  void anIncompleteDatabaseOfTheEnvironmentIsToldInFull() {
    assertThatThrownBy(
            () -> ServingTarget.fromEnvironment(Map.of(ServingTarget.URL_VARIABLE, "mysql://x")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("does not begin with jdbc:postgresql:")
        .hasMessageContaining("the user is missing")
        .hasMessageContaining("the password is missing");
    assertThat(ServingTarget.fromEnvironment(Map.of())).isEmpty();
  }

  @Test
  void aPasswordInTheUrlIsRefused() {
    assertThatThrownBy(() -> new ServingTarget("jdbc:postgresql://h/d?password=x", "user", "x"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("carries a user or a password");
  }

  @Test
  void aConnectionIsInUtc() throws SQLException {
    try (Connection connection =
        daemon.connectionInfo().as(DatabaseRole.BI_READER).connect("test")) {
      assertThat(TestSql.one(connection, "SHOW TimeZone")).isEqualTo("UTC");
    }
  }
}
