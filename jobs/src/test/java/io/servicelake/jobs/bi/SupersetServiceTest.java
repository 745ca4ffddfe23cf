package io.servicelake.jobs.bi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.jobs.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupersetServiceTest {
  private static final Path CONFIGURATION = Path.of("../conf/superset");
  private static final int UNUSED_PORT = 18987;
  private static final DatabaseAddress DATABASE =
      DatabaseAddress.of("jdbc:postgresql://127.0.0.1:1/superset", "superset", "word-of-the-test");

  @TempDir Path folder;
  private final List<String> lines = new ArrayList<>();

  @Test
  void upWithoutPythonSaysWhatToInstallAndLeavesNothingBehind() {
    assertThatThrownBy(() -> service(Map.of("PATH", folder.toString())).up(DATABASE, DATABASE))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("no Python from 3.10 to 3.12 with venv (found none)")
        .hasMessageContaining("apt-get install python3");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void upWithoutADatabaseSaysSoBeforeAnythingIsInstalled() throws IOException {
    program("python3", "echo 3.11.2");
    assertThatThrownBy(() -> service(Map.of("PATH", folder.toString())).up(DATABASE, DATABASE))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("Cannot reach the database of superset at 127.0.0.1:1/superset")
        .hasMessageNotContaining("word-of-the-test");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void pythonTooNewIsNamedWithItsVersion() throws IOException {
    Path python = program("python3", "echo 3.14.0");
    assertThatThrownBy(() -> new Programs(Map.of("PATH", folder.toString())).python())
        .hasMessageContaining(python + " is 3.14.0");
  }

  @Test
  void pythonNamedInTheEnvironmentIsTakenBeforeAnyOther() throws IOException {
    program("python3", "echo 3.11.2");
    Path mine = program("mine", "echo 3.12.1");
    Map<String, String> environment =
        Map.of("PATH", folder.toString(), "SERVICELAKE_PYTHON", mine.toString());
    assertThat(new Programs(environment).python()).isEqualTo(new Programs.Python(mine, "3.12.1"));
  }

  @Test
  void everythingMissingForABrowserIsToldAtOnce() throws IOException {
    program("node", "echo v12.22.0");
    assertThatThrownBy(() -> new Programs(Map.of("PATH", folder.toString())).browser())
        .hasMessageContaining("no Chromium or Chrome found")
        .hasMessageContaining("is v12.22.0, older than v18")
        .hasMessageContaining("no npm found");
  }

  @Test
  void downWithoutAServerDoesNothing() {
    assertThat(service(Map.of()).down()).isFalse();
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void downLeavesAForeignProcessWithTheSamePidAlone() throws Exception {
    Process foreign = new ProcessBuilder("sleep", "60").start();
    try {
      Path home = Files.createDirectories(folder.resolve("home/superset"));
      Files.writeString(home.resolve("superset.pid"), foreign.pid() + "\n");
      assertThat(service(Map.of()).down()).isFalse();
      assertThat(foreign.isAlive()).isTrue();
      assertThat(home.resolve("superset.pid")).doesNotExist();
    } finally {
      foreign.destroyForcibly();
    }
  }

  @Test
  void verifyWithoutAServerSaysToBringItUp() throws IOException {
    program("node", "echo v20.0.0");
    program("npm", "true");
    program("chromium", "true");
    assertThatThrownBy(
            () -> service(Map.of("PATH", folder.toString())).verify(folder.resolve("picture.png")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("It is not running. Use: servicelake bi up");
  }

  @Test
  void secretsAreMadeOnceAndKeptForTheOwnerAlone() throws IOException {
    Path keys = folder.resolve("keys");
    String first = new SupersetSecrets(keys, Map.of()).of(SupersetSecret.SECRET_KEY);
    assertThat(new SupersetSecrets(keys, Map.of()).of(SupersetSecret.SECRET_KEY)).isEqualTo(first);
    assertThat(first).hasSizeGreaterThan(40);
    assertThat(permissions(keys.resolve("secret_key.secret"))).isEqualTo("rw-------");
    assertThat(permissions(keys)).isEqualTo("rwx------");
  }

  @Test
  void secretOfTheEnvironmentIsUsedAndNotWritten() {
    SupersetSecrets secrets =
        new SupersetSecrets(
            folder.resolve("keys"), Map.of("SERVICELAKE_SUPERSET_ADMIN_PASSWORD", "given"));
    assertThat(secrets.of(SupersetSecret.ADMIN_PASSWORD)).isEqualTo("given");
    assertThat(secrets.whereabouts(SupersetSecret.ADMIN_PASSWORD))
        .isEqualTo("environment variable SERVICELAKE_SUPERSET_ADMIN_PASSWORD");
    assertThat(folder.resolve("keys")).doesNotExist();
  }

  @Test
  void addressCarriesTheOptionsOfTlsAndNeverThePassword() {
    DatabaseAddress address =
        DatabaseAddress.of(
            "jdbc:postgresql://db.example/lake?sslmode=require&ApplicationName=x", "reader", "pw1");
    assertThat(address.sqlAlchemyUri())
        .isEqualTo("postgresql+psycopg2://reader@db.example:5432/lake?sslmode=require");
    assertThat(address.toString()).doesNotContain("pw1");
  }

  @Test
  void addressOfAnotherDatabaseIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> DatabaseAddress.of("jdbc:mysql://h/db?password=pw1", "u", "p"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("jdbc:postgresql://host:port/database")
        .hasMessageNotContaining("pw1");
  }

  @Test
  void programsGetSecretsOnlyWhenHandedToThem() {
    Path log = folder.resolve("log");
    Commands commands =
        new Commands(
            log, Map.of("SERVICELAKE_MASTER_KEY", "k", "PATH", "/usr/bin:/bin"), lines::add);
    commands.run("show", folder, Map.of("HANDED", "yes"), List.of("/usr/bin/env"));
    assertThat(log).content().contains("HANDED=yes").doesNotContain("SERVICELAKE_MASTER_KEY");
  }

  @Test
  void programThatFailsIsToldWithItsLastWords() throws IOException {
    Path failing = program("failing", "echo the disk is full; exit 3");
    Commands commands = new Commands(folder.resolve("log"), Map.of(), lines::add);
    assertThatThrownBy(() -> commands.run("try it", folder, Map.of(), List.of(failing.toString())))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("Cannot try it: failing ended with exit code 3")
        .hasMessageContaining("the disk is full");
  }

  private SupersetService service(Map<String, String> environment) {
    return new SupersetService(
        folder.resolve("home"), CONFIGURATION, UNUSED_PORT, environment, lines::add);
  }

  private Path program(String name, String script) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
