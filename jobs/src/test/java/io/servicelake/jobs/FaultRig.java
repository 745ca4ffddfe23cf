package io.servicelake.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.servicelake.AllTables;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.Commands.Command;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.serve.DatabaseRole;
import io.servicelake.jobs.serve.PostgresDaemon;
import io.servicelake.jobs.serve.ServingTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * Breaks the commands in every way that is named here, runs them again and holds the lake against
 * an undisturbed one. Run by {@code .ci/faults}; tells of every try as it ends and prints a table
 * of kinds, tries and survivals.
 */
class FaultRig {
  private static final int TRIES = Integer.getInteger("servicelake.faults.tries", 1);
  private static final int CUSTOMERS = Integer.getInteger("servicelake.faults.customers", 150);
  private static final Pattern KINDS =
      Pattern.compile(System.getProperty("servicelake.faults.kinds", ""));
  private static final Random RANDOM = new Random(Long.getLong("servicelake.faults.seed", 1));

  @TempDir static Path folder;
  private static FaultWorld world;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    world = new FaultWorld(folder, CUSTOMERS);
  }

  @AfterAll
  static void printTable() {
    FaultTable.print();
    if (world != null) {
      world.database.stop();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyFaultIsSurvived() {
    Map<String, Executable> kinds = new LinkedHashMap<>();
    for (String point :
        List.of("after-bronze", "inside-silver-merge", "between-rows-and-rejects", "before-done")) {
      kinds.put("died at " + point, () -> diedAt(point));
    }
    kinds.put("run ended by SIGTERM", this::runEnded);
    kinds.put("run killed (-9) at random", this::runKilled);
    kinds.put("publish died between two tables", this::publishDied);
    kinds.put("publish killed (-9) at random", this::publishKilled);
    kinds.put("database stopped at once while publishing", this::databaseStopped);
    kinds.put("disk full", this::diskFull);
    kinds.put("backup and restore died between two files", this::backupDied);
    kinds.put("maintain died between compaction and its note", this::maintainDied);
    new SourceFaults(world).addTo(kinds);
    kinds.put("two runs at once", this::twoRuns);
    kinds.put("progress file torn", this::progressTorn);
    kinds.put("clock set back a day", this::clockSetBack);
    return kinds.entrySet().stream()
        .filter(kind -> KINDS.matcher(kind.getKey()).find())
        .map(kind -> DynamicTest.dynamicTest(kind.getKey(), () -> tried(kind)));
  }

  private static void tried(Map.Entry<String, Executable> kind) throws Throwable {
    for (int i = 0; i < TRIES; i++) {
      long start = System.nanoTime();
      FaultTable.tried(kind.getKey());
      try {
        kind.getValue().execute();
        FaultTable.survived(kind.getKey(), 1);
        System.out.printf(
            "survived: %s (%d s)%n", kind.getKey(), (System.nanoTime() - start) / 1_000_000_000);
      } catch (TestAbortedException e) {
        FaultTable.skipped(kind.getKey());
        throw e;
      }
    }
  }

  private void diedAt(String point) throws Exception {
    String lake = world.newLake();
    assertThat(run(lake).crashingAt(point).start().status()).isEqualTo(CrashPoints.STATUS);
    world.assertMendedByRerun(lake);
  }

  private void runKilled() throws Exception {
    String lake = world.newLake();
    Command run = run(lake).start();
    int steps = RANDOM.nextInt(48);
    run.until(output -> output.split("steps left", -1).length > steps);
    run.kill();
    world.assertMendedByRerun(lake);
  }

  private void runEnded() throws Exception {
    String lake = world.newLake();
    Command run = run(lake).start();
    run.until(output -> output.contains("silver."));
    run.end();
    assertThat(run.output()).contains("Ended by a signal").doesNotContain("\tat ", "Cannot");
    world.assertMendedByRerun(lake);
  }

  private void publishDied() throws Exception {
    assertThat(world.publish().crashingAt("mid-publish").start().status())
        .isEqualTo(CrashPoints.STATUS);
    assertPublished();
  }

  private void publishKilled() throws Exception {
    Command publish = world.publish().start();
    long after = RANDOM.nextInt(9_000);
    long start = System.nanoTime();
    publish.until(output -> System.nanoTime() - start > after * 1_000_000);
    publish.kill();
    assertPublished();
  }

  private void databaseStopped() throws Exception {
    world.database.start();
    Command publish = world.publish().start();
    publish.until(output -> world.database.status().state() == PostgresDaemon.State.RUNNING);
    world.database.stop();
    assertThat(publish.status()).isIn(0, 1);
    assertThat(publish.output()).doesNotContain("\tat ");
    assertPublished();
  }

  /** The lake lies on a disk of memory that is too small, then grows. */
  private void diskFull() throws Exception {
    Path disk = Files.createDirectories(world.newFolder("disk"));
    assumeTrue(
        status("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString()) == 0,
        "no tmpfs can be mounted by this user");
    try {
      String lake = disk.resolve("lake").toString();
      Command full = run(lake).start();
      assertThat(full.status()).isEqualTo(1);
      assertThat(full.output()).contains("Cannot").doesNotContain("\tat ");
      assertThat(status("mount", "-o", "remount,size=2g", disk.toString())).isZero();
      world.assertMendedByRerun(lake);
    } finally {
      status("umount", disk.toString());
    }
  }

  private void backupDied() throws Exception {
    Path backups = world.newFolder("backups");
    assertThat(world.backup(backups).crashingAt("inside-backup").start().status())
        .isEqualTo(CrashPoints.STATUS);
    assertThat(world.backup(backups).start().status()).isZero();
    String lake = world.newLake();
    Commands.Builder restore = restore(lake, backups);
    assertThat(restore.crashingAt("inside-restore").start().status()).isEqualTo(CrashPoints.STATUS);
    assertThat(restore.crashingAt("").start().status()).isZero();
    world.assertWhole(lake);
    world.assertMendedByRerun(lake);
  }

  private void maintainDied() throws Exception {
    Path backups = world.newFolder("backups");
    assertThat(world.backup(backups).start().status()).isZero();
    String lake = world.newLake();
    assertThat(restore(lake, backups).start().status()).isZero();
    Commands.Builder maintain =
        world.commands.of("maintain", "--lake=" + lake, "--set=maintain.compact_from_files=2");
    assertThat(maintain.crashingAt("after-compaction").start().status())
        .isEqualTo(CrashPoints.STATUS);
    assertThat(maintain.crashingAt("").start().status()).isZero();
    world.assertMendedByRerun(lake);
  }

  private void twoRuns() throws Exception {
    String lake = world.newLake();
    Command first = run(lake).start();
    first.until(output -> output.contains("steps left"));
    Command second = run(lake).start();
    assertThat(second.status()).isEqualTo(1);
    assertThat(second.output()).contains("Cannot").doesNotContain("\tat ");
    assertThat(first.status()).isZero();
    world.assertWhole(lake);
  }

  /** What tells how far a step is was half written: the run says so and goes on once it is gone. */
  private void progressTorn() throws Exception {
    String lake = world.newLake();
    assertThat(run(lake).crashingAt("inside-silver-merge").start().status())
        .isEqualTo(CrashPoints.STATUS);
    Path progress = Path.of(lake, "_progress", "ingest", "state.json");
    byte[] whole = Files.readAllBytes(progress);
    Files.write(progress, Arrays.copyOf(whole, whole.length / 2));
    Command torn = run(lake).start();
    assertThat(torn.status()).isEqualTo(1);
    assertThat(torn.output()).contains("Cannot read").doesNotContain("\tat ");
    Files.write(progress, whole);
    world.assertMendedByRerun(lake);
  }

  private void clockSetBack() throws Exception {
    assumeTrue(status("sh", "-c", "command -v faketime") == 0, "faketime is not installed");
    String lake = world.newLake();
    assertThat(run(lake).crashingAt("before-done").start().status()).isEqualTo(CrashPoints.STATUS);
    assertThat(run(lake).under("faketime", "-f", "-1d").start().status()).isZero();
    world.assertWhole(lake);
  }

  private static void assertPublished() throws Exception {
    assertThat(world.publish().start().status()).isZero();
    ServingTarget target = world.database.start().as(DatabaseRole.OWNER);
    Lakehouse lake = world.open(world.undisturbed());
    try (Connection connection =
            DriverManager.getConnection(target.url(), target.user(), target.password());
        Statement statement = connection.createStatement()) {
      for (TableContract table : AllTables.ALL) {
        if (table.layer() == Layer.SERVING && lake.version(table).isPresent()) {
          try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table.id())) {
            rows.next();
            assertThat(rows.getLong(1)).as(table.id()).isEqualTo(lake.read(table).count());
          }
        }
      }
    } catch (SQLException e) {
      throw new IOException("a reader is not served", e);
    }
  }

  private static Commands.Builder run(String lake) {
    return world.run(lake, world.exports());
  }

  private static Commands.Builder restore(String lake, Path backups) {
    return world.commands.of("restore", "--lake=" + lake, backups.toString());
  }

  private static int status(String... words) throws Exception {
    return new ProcessBuilder(words).start().waitFor();
  }
}
