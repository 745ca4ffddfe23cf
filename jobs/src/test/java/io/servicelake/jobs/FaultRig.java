package io.servicelake.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.servicelake.AllTables;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.serving.DataQuality;
import io.servicelake.contract.serving.ExpectationResults;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.jobs.Commands.Command;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.serve.DatabaseRole;
import io.servicelake.jobs.serve.PostgresDaemon;
import io.servicelake.jobs.serve.ServingTarget;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
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
 * an undisturbed one. Run by {@code .ci/faults}; prints a table of kinds, tries and survivals.
 */
class FaultRig {
  private static final int TRIES = Integer.getInteger("servicelake.faults.tries", 1);
  private static final boolean IS_SHORT = Boolean.getBoolean("servicelake.faults.short");
  private static final Pattern KINDS =
      Pattern.compile(System.getProperty("servicelake.faults.kinds", ""));
  private static final Random RANDOM = new Random(Long.getLong("servicelake.faults.seed", 1));
  private static final String DAY = "2025-12-30";

  /** Tables that tell of a file that came broken first. */
  private static final Set<TableContract> TELL_OF_FILES =
      Set.of(Rejects.TABLE, DataQuality.TABLE, ExpectationResults.TABLE);

  @TempDir static Path folder;
  private static Commands commands;
  private static Map<String, String> undisturbed;
  private static PostgresDaemon database;
  private static int lakes;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    commands = new Commands(folder.resolve("home"), freePort());
    assertThat(
            commands
                .start(
                    "simulate",
                    "--dealers=2",
                    "--customers=" + (IS_SHORT ? 60 : 150),
                    "--years=2",
                    "--out=" + exports(),
                    "--truth=" + folder.resolve("truth"))
                .status())
        .isZero();
    assertThat(run("undisturbed").status()).isZero();
    undisturbed = contents("undisturbed", table -> true);
    database = new PostgresDaemon(commands.state(), commands.port());
  }

  @AfterAll
  static void printTable() {
    database.stop();
    FaultTable.print();
  }

  @TestFactory
  Stream<DynamicTest> everyFaultIsSurvived() {
    Map<String, Executable> kinds = new LinkedHashMap<>();
    for (String point :
        List.of("after-bronze", "inside-silver-merge", "between-rows-and-rejects", "before-done")) {
      kinds.put("died at " + point, () -> diedAt(point));
    }
    kinds.put("run ended by SIGTERM", this::runEnded);
    kinds.put("publish died between two tables", this::publishDied);
    if (!IS_SHORT) {
      kinds.put("run killed (-9) at random", this::runKilled);
      kinds.put("publish killed (-9) at random", this::publishKilled);
    }
    kinds.put("database stopped at once while publishing", this::databaseStopped);
    kinds.put("disk full", this::diskFull);
    kinds.put("backup and restore died between two files", this::backupDied);
    kinds.put("maintain died between compaction and its note", this::maintainDied);
    kinds.put("replay of rejects died", this::replayDied);
    for (String point : List.of("after-table-plan", "after-table-bronze")) {
      kinds.put("reading a database died at " + point, () -> tableReadDied(point));
    }
    kinds.put("file cut off", this::fileCutOff);
    kinds.put("file damaged", this::fileDamaged);
    kinds.put("two runs at once", this::twoRuns);
    kinds.put("source folder changed while read", this::folderChanged);
    kinds.put("progress file torn", this::progressTorn);
    kinds.put("clock set back a day", this::clockSetBack);
    return kinds.entrySet().stream()
        .filter(kind -> KINDS.matcher(kind.getKey()).find())
        .map(kind -> DynamicTest.dynamicTest(kind.getKey(), () -> tried(kind)));
  }

  private static void tried(Map.Entry<String, Executable> kind) throws Throwable {
    for (int i = 0; i < TRIES; i++) {
      FaultTable.tried(kind.getKey());
      try {
        kind.getValue().execute();
        FaultTable.survived(kind.getKey(), 1);
      } catch (TestAbortedException e) {
        FaultTable.skipped(kind.getKey());
        throw e;
      }
    }
  }

  private void diedAt(String point) throws Exception {
    String lake = nextLake();
    assertThat(startRun(lake, exports()).crashingAt(point).start().status())
        .isEqualTo(CrashPoints.STATUS);
    assertMendedByRerun(lake);
  }

  private void runKilled() throws Exception {
    String lake = nextLake();
    Command run = startRun(lake, exports()).start();
    int steps = RANDOM.nextInt(48);
    run.until(output -> output.split("steps left", -1).length > steps);
    run.kill();
    assertMendedByRerun(lake);
  }

  private void runEnded() throws Exception {
    String lake = nextLake();
    Command run = startRun(lake, exports()).start();
    run.until(output -> output.contains("silver."));
    run.end();
    assertThat(run.output()).contains("Ended by a signal").doesNotContain("\tat ", "Cannot");
    assertMendedByRerun(lake);
  }

  private void publishDied() throws Exception {
    assertThat(startPublish().crashingAt("mid-publish").start().status())
        .isEqualTo(CrashPoints.STATUS);
    assertPublished();
  }

  private void publishKilled() throws Exception {
    Command publish = startPublish().start();
    long after = RANDOM.nextInt(9_000);
    long start = System.nanoTime();
    publish.until(output -> System.nanoTime() - start > after * 1_000_000);
    publish.kill();
    assertPublished();
  }

  private void databaseStopped() throws Exception {
    database.start();
    Command publish = startPublish().start();
    publish.until(output -> database.status().state() == PostgresDaemon.State.RUNNING);
    database.stop();
    assertThat(publish.status()).isIn(0, 1);
    assertThat(publish.output()).doesNotContain("\tat ");
    assertPublished();
  }

  /** The lake lies on a disk of memory that is too small, then grows. */
  private void diskFull() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk" + lakes++));
    assumeTrue(
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString())
                .start()
                .waitFor()
            == 0,
        "no tmpfs can be mounted by this user");
    try {
      String lake = disk.resolve("lake").toString();
      Command full = startRun(lake, exports()).start();
      assertThat(full.status()).isEqualTo(1);
      assertThat(full.output()).contains("Cannot").doesNotContain("\tat ");
      assertThat(
              new ProcessBuilder("mount", "-o", "remount,size=2g", disk.toString())
                  .start()
                  .waitFor())
          .isZero();
      assertMendedByRerun(lake);
    } finally {
      new ProcessBuilder("umount", disk.toString()).start().waitFor();
    }
  }

  private void backupDied() throws Exception {
    Path backups = folder.resolve("backups" + lakes++);
    assertThat(backup(backups).crashingAt("inside-backup").start().status())
        .isEqualTo(CrashPoints.STATUS);
    assertThat(backup(backups).start().status()).isZero();
    String lake = nextLake();
    Commands.Builder restore = commands.of("restore", "--lake=" + lake(lake), backups.toString());
    assertThat(restore.crashingAt("inside-restore").start().status()).isEqualTo(CrashPoints.STATUS);
    assertThat(restore.crashingAt("").start().status()).isZero();
    assertThat(contents(lake, table -> true)).isEqualTo(undisturbed);
    assertMendedByRerun(lake);
  }

  private void maintainDied() throws Exception {
    Path backups = folder.resolve("backups" + lakes++);
    assertThat(backup(backups).start().status()).isZero();
    String lake = nextLake();
    assertThat(commands.of("restore", "--lake=" + lake(lake), backups.toString()).start().status())
        .isZero();
    Commands.Builder maintain =
        commands.of("maintain", "--lake=" + lake(lake), "--set=maintain.compact_from_files=2");
    assertThat(maintain.crashingAt("after-compaction").start().status())
        .isEqualTo(CrashPoints.STATUS);
    assertThat(maintain.crashingAt("").start().status()).isZero();
    assertMendedByRerun(lake);
  }

  /** A mapping knows a code no longer, is mended, and the replay of what was refused dies. */
  private void replayDied() throws Exception {
    String lake = nextLake();
    Path mappings = folder.resolve("mappings" + lakes++);
    copy(Path.of("../conf/sources/demo"), mappings);
    Path contacts = mappings.resolve("contacts.conf");
    String whole = Files.readString(contacts);
    Files.writeString(contacts, whole.replace("电话 = PHONE, ", ""));
    String sources = "--set=ingest.sources=" + mappings;
    Commands.Builder run = startRun(lake, exports()).also(sources).also("--set=quality.stop=false");
    assertThat(run.start().status()).isEqualTo(3);
    Files.writeString(contacts, whole);
    Commands.Builder replay = commands.of("rejects", "replay", "--lake=" + lake(lake), sources);
    assertThat(replay.crashingAt("inside-replay").start().status()).isEqualTo(CrashPoints.STATUS);
    assertThat(run.start().status()).isZero();
    assertThat(contents(lake, table -> true)).isEqualTo(undisturbed);
  }

  private void tableReadDied(String point) throws Exception {
    TableReadFaults table =
        new TableReadFaults(
            database.start().as(DatabaseRole.OWNER), folder.resolve("tables" + lakes++));
    String lake = nextLake();
    Commands.Builder read = table.read(commands, lake(lake));
    assertThat(read.crashingAt(point).start().status()).isEqualTo(CrashPoints.STATUS);
    Command again = read.crashingAt("").start();
    assertThat(again.status()).as(again.output()).isZero();
    assertThat(open(lake).read(SourceRows.TABLE).count()).isEqualTo(TableReadFaults.CUSTOMERS);
    assertThat(open(lake).read(Customers.TABLE).count()).isEqualTo(TableReadFaults.CUSTOMERS);
  }

  private static Commands.Builder backup(Path backups) {
    return commands.of("backup", "--lake=" + lake("undisturbed"), backups.toString());
  }

  private void fileCutOff() throws Exception {
    brokenFirst(
        file -> {
          try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(bytes.length() * 2 / 3);
          }
        });
  }

  private void fileDamaged() throws Exception {
    brokenFirst(
        file -> {
          try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() / 2);
            bytes.write(new byte[512]);
          }
        });
  }

  /** A file of lines comes broken; then comes whole. */
  private void brokenFirst(Breaking breaking) throws Exception {
    String lake = nextLake();
    Path files = copyOfExports();
    Path file = first(files.resolve("repair_order_lines"));
    breaking.apply(file);
    Command broken = startRun(lake, files).start();
    assertThat(broken.status()).isIn(0, 3);
    assertThat(broken.output()).doesNotContain("\tat ");
    assertThat(open(lake).read(Rejects.TABLE).isEmpty()).as("no reject tells of it").isFalse();
    Path whole = exports().resolve(files.relativize(file).toString());
    Files.copy(whole, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(startRun(lake, files).start().status()).isIn(0, 3);
    assertThat(contents(lake, table -> !TELL_OF_FILES.contains(table)))
        .isEqualTo(without(TELL_OF_FILES));
  }

  private void twoRuns() throws Exception {
    String lake = nextLake();
    Command first = startRun(lake, exports()).start();
    first.until(output -> output.contains("steps left"));
    Command second = startRun(lake, exports()).start();
    assertThat(second.status()).isEqualTo(1);
    assertThat(second.output()).contains("Cannot").doesNotContain("\tat ");
    assertThat(first.status()).isZero();
    assertThat(contents(lake, table -> true)).isEqualTo(undisturbed);
  }

  /** Files vanish and appear while others are read; in the end all are there. */
  private void folderChanged() throws Exception {
    String lake = nextLake();
    Path files = copyOfExports();
    List<Path> late = new ArrayList<>(List.of(first(files.resolve("contacts"))));
    late.add(first(files.resolve("repair_orders")));
    Path away = Files.createDirectories(folder.resolve("away" + lakes));
    Command run = startRun(lake, files).start();
    run.until(output -> Files.exists(Path.of(lake(lake), "_progress", "ingest")));
    for (Path file : late) {
      Files.move(file, away.resolve(files.relativize(file).toString().replace('/', '-')));
    }
    assertThat(run.status()).isIn(0, 3);
    for (Path file : late) {
      Files.move(away.resolve(files.relativize(file).toString().replace('/', '-')), file);
    }
    assertThat(startRun(lake, files).start().status()).isIn(0, 3);
    assertThat(contents(lake, table -> !TELL_OF_FILES.contains(table)))
        .isEqualTo(without(TELL_OF_FILES));
  }

  /** What tells how far a step is was half written: the run says so and goes on once it is gone. */
  private void progressTorn() throws Exception {
    String lake = nextLake();
    assertThat(startRun(lake, exports()).crashingAt("inside-silver-merge").start().status())
        .isEqualTo(CrashPoints.STATUS);
    Path progress = Path.of(lake(lake), "_progress", "ingest", "state.json");
    byte[] whole = Files.readAllBytes(progress);
    Files.write(progress, Arrays.copyOf(whole, whole.length / 2));
    Command torn = startRun(lake, exports()).start();
    assertThat(torn.status()).isEqualTo(1);
    assertThat(torn.output()).contains("Cannot read").doesNotContain("\tat ");
    Files.write(progress, whole);
    assertMendedByRerun(lake);
  }

  private void clockSetBack() throws Exception {
    assumeTrue(
        new ProcessBuilder("sh", "-c", "command -v faketime").start().waitFor() == 0,
        "faketime is not installed");
    String lake = nextLake();
    assertThat(startRun(lake, exports()).crashingAt("before-done").start().status())
        .isEqualTo(CrashPoints.STATUS);
    assertThat(startRun(lake, exports()).under("faketime", "-f", "-1d").start().status()).isZero();
    assertThat(contents(lake, table -> true)).isEqualTo(undisturbed);
  }

  private static void assertMendedByRerun(String lake) throws Exception {
    Command again = startRun(lake, exports()).start();
    assertThat(again.status()).as(again.output()).isZero();
    assertThat(contents(lake, table -> true)).isEqualTo(undisturbed);
  }

  private static void assertPublished() throws Exception {
    assertThat(startPublish().start().status()).isZero();
    ServingTarget target = database.start().as(DatabaseRole.OWNER);
    Lakehouse lake = open("undisturbed");
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

  private static Map<String, String> contents(String lake, Predicate<TableContract> which) {
    return LakeContents.of(lake(lake), which);
  }

  private static Map<String, String> without(Set<TableContract> tables) {
    Map<String, String> others = new TreeMap<>(undisturbed);
    tables.forEach(table -> others.remove(table.id()));
    return others;
  }

  private static Command run(String lake) throws Exception {
    return startRun(lake, exports()).start();
  }

  private static Commands.Builder startRun(String lake, Path files) {
    return commands.of(
        "run", "--as-of=" + DAY, "--lake=" + lake(lake), "--set=ingest.folder=" + files);
  }

  private static Commands.Builder startPublish() {
    return commands.of("publish", "--lake=" + lake("undisturbed"));
  }

  private static Lakehouse open(String lake) {
    return LakeContents.open(lake(lake));
  }

  private static String lake(String name) {
    return folder.resolve("lakes").resolve(name).toString();
  }

  private static String nextLake() {
    return "lake" + lakes++;
  }

  private static Path exports() {
    return folder.resolve("exports");
  }

  private static Path copyOfExports() throws IOException {
    Path copy = folder.resolve("exports" + lakes++);
    copy(exports(), copy);
    return copy;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static Path first(Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files
          .filter(Files::isRegularFile)
          .min(Comparator.comparing(Path::toString))
          .orElseThrow();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** Does harm to a file. */
  @FunctionalInterface
  private interface Breaking {
    void apply(Path file) throws IOException;
  }
}
