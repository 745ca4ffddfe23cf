package io.servicelake.jobs.upkeep;

import static io.servicelake.contract.Columns.DOUBLE;
import static io.servicelake.contract.Columns.INT;
import static io.servicelake.contract.Columns.LONG;
import static io.servicelake.contract.Columns.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.AsOf;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.CrashPoints;
import io.servicelake.jobs.FlowRunner;
import io.servicelake.jobs.RunListener;
import io.servicelake.jobs.Step;
import io.servicelake.jobs.StepResult.Outcome;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.MapType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaMigrationTest {
  private static final Field ID = field("id", STRING);
  private static final Field KM = field("km", INT);

  @TempDir Path folder;
  private Lakehouse lake;
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void open() {
    lake = new DeltaLakehouse(SparkSessionForTests.session(), folder.toString(), 1, 1000);
  }

  @Test
  void aColumnIsAddedRenamedAndWidenedAndTheRowsStay() {
    TableContract before = table(Layer.GOLD, c -> c.with(KM));
    fill(before);
    Field distance = field("distance_km", LONG);
    Field note = field("note", STRING).orNull();
    TableContract after =
        table(
            Layer.GOLD,
            c -> {
              c.with(note);
              c.formerly(c.with(distance), "km");
              return note;
            });

    migrate(after);

    assertThat(rows(after)).containsExactly("[a,null,1]", "[b,null,2]");
    assertThat(told)
        .containsExactly(
            "gold.cars: note is new; distance_km was km; distance_km was int, is bigint. The table is written once more.");
    lake.merge(
        after,
        TestRows.of(after).row(ID, "c", note, "new", distance, 5_000_000_000L).build(),
        new Txn("test", 2));
    assertThat(lake.read(after).count()).isEqualTo(3);
    told.clear();
    migrate(after);
    assertThat(told).isEmpty();
    assertThat(SchemaBook.read(lake.files()).changedAt(after)).isEqualTo(1);
  }

  @Test
  void aRunKilledAfterTheCommitFindsTheTableDoneAndTheChangeNoted() throws Exception {
    TableContract before = table(Layer.GOLD, c -> c.with(KM));
    fill(before);
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dservicelake.crash_at=after-migration-commit",
                "@" + javaOptions(),
                Migrating.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    assertThat(killed.waitFor())
        .as(Files.readString(folder.resolve("out")))
        .isEqualTo(CrashPoints.STATUS);

    migrate(renamed());

    assertThat(told).isEmpty();
    assertThat(rows(renamed())).containsExactly("[a,1]", "[b,2]");
    assertThat(SchemaBook.read(lake.files()).changedAt(renamed())).isEqualTo(1);
  }

  private Path javaOptions() throws IOException {
    List<String> options = new ArrayList<>();
    for (String option : JavaModuleOptions.defaultModuleOptions().split(" ")) {
      options.add(option);
    }
    options.addAll(List.of("-Xmx1g", "-Duser.timezone=UTC", "-cp"));
    options.add(System.getProperty("java.class.path"));
    return Files.write(folder.resolve("options"), options);
  }

  private static TableContract renamed() {
    return table(
        Layer.GOLD,
        c -> {
          Field distance = c.with(field("distance_km", LONG));
          c.formerly(distance, "km");
          return distance;
        });
  }

  /** Migrates in a process of its own, to be killed. */
  static final class Migrating {
    private Migrating() {}

    public static void main(String[] arguments) {
      Lakehouse own = new DeltaLakehouse(SparkSessionForTests.session(), arguments[0], 1, 1000);
      new SchemaMigration(own, List.of()).bringUpToDate(List.of(renamed()), line -> {});
    }
  }

  @Test
  void aColumnThatMayBeNullIsAddedToBronzeWithoutWritingAFile() {
    TableContract before = table(Layer.BRONZE, c -> c.with(KM));
    fill(before);
    TableContract after =
        table(
            Layer.BRONZE,
            c -> {
              c.with(KM);
              return c.with(field("note", STRING).orNull());
            });

    migrate(after);

    assertThat(rows(after)).containsExactly("[a,1,null]", "[b,2,null]");
    assertThat(rows(before, lake.readAt(before, 0).select("id", "km")))
        .containsExactly("[a,1]", "[b,2]");
  }

  @Test
  void aColumnOfNumbersByNameIsAddedAndStandsWhateverTheWriterSaysOfItsNulls() {
    Field parts = field("parts", Columns.DOUBLES_BY_NAME).orNull();
    TableContract before = table(Layer.SCORE, c -> c.with(KM));
    TableContract after =
        table(
            Layer.SCORE,
            c -> {
              c.with(KM);
              return c.with(parts);
            });
    MapType withNulls = new MapType(STRING, DOUBLE, true);

    assertThat(SchemaChange.of(after, before.schema()).kind()).isEqualTo(SchemaChange.Kind.ADD);
    assertThat(SchemaChange.of(after, before.schema().add("parts", withNulls)).kind())
        .isEqualTo(SchemaChange.Kind.NONE);
  }

  @Test
  void aTableThatCannotBeBroughtThereIsComputedAnewByItsStep() {
    TableContract source = table(Layer.SILVER, c -> c.with(KM));
    TableContract before = table(Layer.GOLD, c -> c.with(KM));
    fill(source);
    Step old = Step.to(before).from(source).by((in, run) -> in.get(source));
    assertThat(outcome(old)).isEqualTo(Outcome.WRITTEN);
    assertThat(outcome(old)).isEqualTo(Outcome.SKIPPED);
    Field kind = field("kind", STRING);
    TableContract after =
        table(
            Layer.GOLD,
            c -> {
              c.with(KM);
              return c.with(kind);
            });
    Step step =
        Step.to(after)
            .from(source)
            .by(
                (in, run) ->
                    in.get(source)
                        .withColumn(kind.name(), org.apache.spark.sql.functions.lit("car")));

    new SchemaMigration(lake, List.of(step)).bringUpToDate(List.of(after), told::add);

    assertThat(lake.read(after).count()).isZero();
    assertThat(outcome(step)).isEqualTo(Outcome.WRITTEN);
    assertThat(rows(after)).containsExactly("[a,1,car]", "[b,2,car]");
    assertThat(told).containsExactly("gold.cars: kind is new. The table is computed anew.");
  }

  @Test
  void whatNothingCouldGiveAgainIsRefusedAndEveryTableNamed() {
    TableContract bronze = table(Layer.BRONZE, c -> c.with(KM));
    TableContract decision = table(Layer.DECISION, c -> c.with(KM));
    fill(bronze);
    fill(decision);
    TableContract narrowed = table(Layer.BRONZE, c -> c.with(field("km", STRING)));
    TableContract required =
        table(
            Layer.DECISION,
            c -> {
              c.with(KM);
              return c.with(field("touch", INT));
            });

    assertThatThrownBy(
            () ->
                new SchemaMigration(lake, List.of())
                    .bringUpToDate(List.of(narrowed, required), told::add))
        .isInstanceOf(CannotException.class)
        .hasMessageContainingAll(
            "bronze.cars: km was int, is string", "decision.cars: touch is new");
    assertThat(lake.version(bronze)).hasValue(0);
    assertThat(told).isEmpty();
  }

  @Test
  void onlyWideningThatKeepsEveryValueIsLossless() {
    assertThat(SchemaChange.isLossless(INT, LONG)).isTrue();
    assertThat(SchemaChange.isLossless(INT, DOUBLE)).isTrue();
    assertThat(SchemaChange.isLossless(LONG, Columns.HOURS)).isFalse();
    assertThat(SchemaChange.isLossless(LONG, DOUBLE)).as("above 2^53 digits are lost").isFalse();
    assertThat(SchemaChange.isLossless(LONG, INT)).isFalse();
    assertThat(SchemaChange.isLossless(STRING, INT)).isFalse();
  }

  private void migrate(TableContract table) {
    new SchemaMigration(lake, List.of()).bringUpToDate(List.of(table), told::add);
  }

  private Outcome outcome(Step step) {
    return new FlowRunner(lake, Settings.of(), AsOf.on(LocalDate.of(2025, 5, 1)), RunListener.NONE)
        .run(List.of(step))
        .steps()
        .get(0)
        .outcome();
  }

  private void fill(TableContract table) {
    lake.append(
        table,
        TestRows.of(table).row(ID, "a", KM, 1).row(ID, "b", KM, 2).build(),
        new Txn("fill", 1));
  }

  private List<String> rows(TableContract table) {
    return rows(table, lake.read(table));
  }

  private static List<String> rows(TableContract table, org.apache.spark.sql.Dataset<Row> rows) {
    return rows.orderBy(ID.col()).collectAsList().stream().map(Row::toString).toList();
  }

  private static TableContract table(Layer layer, Function<Columns, Field> more) {
    Columns columns = new Columns();
    columns.key(ID);
    more.apply(columns);
    return columns.table(layer, "cars", "Cars", "车", "one row per car", "tests");
  }

  private static Field field(String name, org.apache.spark.sql.types.DataType type) {
    return new Field(name, type, false, name, name, "Of the test.");
  }
}
