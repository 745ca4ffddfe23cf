package io.servicelake.jobs.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.CrashPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {
  private static final Instant MONDAY = Instant.parse("2025-06-02T01:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2025-06-03T01:00:00Z");

  @TempDir Path temp;
  private Path lake;
  private Path backups;

  @BeforeEach
  void fill() throws IOException {
    lake = temp.resolve("lake");
    backups = temp.resolve("backups");
    write("silver/orders/part-1.parquet", "rows");
    write("silver/orders/_delta_log/00000000000000000000.json", "commit");
    write("_progress/ingest/state.json", "one");
    write("_lock", "somebody");
    write("_logs/run.log", "noise");
  }

  @Test
  void aRestoredLakeIsTheLakeThatWasBackedUp() throws IOException {
    Map<String, String> before = content(lake);
    new Backups(backups).make(lake, "k1", MONDAY);
    write("silver/orders/part-2.parquet", "more");
    write("_progress/ingest/state.json", "two");
    Backups.Copied second = new Backups(backups).make(lake, "k1", TUESDAY);
    assertThat(second.linked()).as("files that never change are shared").isEqualTo(2);
    Map<String, String> after = content(lake);

    Path old = temp.resolve("old");
    new Backups(backups.resolve("2025-06-02T01-00-00Z")).restore(old, "k1", false, TUESDAY);
    assertThat(content(old)).isEqualTo(before);
    assertThatThrownBy(() -> new Backups(backups).restore(lake, "k1", false, TUESDAY))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("a lake is there");
    Files.delete(lake.resolve("silver/orders/part-1.parquet"));
    new Backups(backups).restore(lake, "k1", true, TUESDAY);

    assertThat(content(lake)).isEqualTo(after);
    assertThat(temp.resolve("lake.before-2025-06-03T01-00-00Z")).isDirectory();
  }

  @Test
  void aFolderThatHoldsButTheLockAndLogOfTheCommandIsNoLake() throws IOException {
    new Backups(backups).make(lake, "k1", MONDAY);
    Path fresh = temp.resolve("fresh");
    Files.createDirectories(fresh.resolve("_logs"));
    Files.writeString(fresh.resolve("_logs/run.log"), "begun");
    Files.writeString(fresh.resolve("_lock"), "held");

    new Backups(backups).restore(fresh, "k1", false, TUESDAY);

    assertThat(fresh.resolve("_logs/run.log")).hasContent("begun");
    assertThat(fresh.resolve("_lock")).hasContent("held");
    assertThat(content(fresh)).isEqualTo(content(lake));
  }

  @Test
  void anotherMasterKeyAndADamagedFileAreRefused() throws IOException {
    new Backups(backups).make(lake, "k1", MONDAY);
    Path to = temp.resolve("to");
    assertThatThrownBy(() -> new Backups(backups).restore(to, "k2", false, MONDAY))
        .hasMessageContaining("encrypted under the master key k1, here is k2");
    Files.writeString(
        backups.resolve("2025-06-02T01-00-00Z/silver/orders/part-1.parquet"), "altered");

    assertThatThrownBy(() -> new Backups(backups).restore(to, "k1", false, MONDAY))
        .hasMessageContaining("part-1.parquet was altered");
    assertThat(to).doesNotExist();
  }

  @Test
  void aKilledBackupCountsForNothingAndTheNextTakesItAway() throws Exception {
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dservicelake.crash_at=inside-backup",
                "-cp",
                System.getProperty("java.class.path"),
                Copying.class.getName(),
                lake.toString(),
                backups.toString())
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("out").toFile())
            .start();

    assertThat(killed.waitFor()).isEqualTo(CrashPoints.STATUS);
    assertThat(new Backups(backups).all()).isEmpty();
    assertThatThrownBy(() -> new Backups(backups).restore(temp.resolve("to"), "k", false, MONDAY))
        .hasMessageContaining("there is no whole backup");
    new Backups(backups).make(lake, "k", TUESDAY);
    try (Stream<Path> children = Files.list(backups)) {
      assertThat(children.map(child -> child.getFileName().toString()))
          .containsExactly("2025-06-03T01-00-00Z");
    }
  }

  /** Backs up in a process of its own, to be killed. */
  static final class Copying {
    private Copying() {}

    public static void main(String[] arguments) {
      new Backups(Path.of(arguments[1])).make(Path.of(arguments[0]), "k", MONDAY);
    }
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(lake.resolve(path).getParent());
    Files.writeString(lake.resolve(path), text);
  }

  private static Map<String, String> content(Path lake) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(lake)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = lake.relativize(file).toString();
        if (!path.equals("_lock") && !path.startsWith("_logs")) {
          content.put(path, Files.readString(file));
        }
      }
    }
    return content;
  }
}
