package io.servicelake.jobs.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.contract.Layer;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.serving.DealerDays;
import io.servicelake.contract.serving.DealerMonths;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.SimulatedLake;
import io.servicelake.jobs.Step;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainerTest {
  /** Cells months apart, so that the lines of one are not counted in another. */
  private static final Map<String, String> CELLS = new LinkedHashMap<>();

  static {
    CELLS.put("revenue_per_order_num", "2025-02-01");
    CELLS.put("on_time_rate_num", "2025-04-01");
    CELLS.put("first_time_fix_rate_num", "2025-06-01");
    CELLS.put("active_customers_count", "2025-08-01");
    CELLS.put("genuine_parts_share_den", "2025-10-01");
    CELLS.put("labour_efficiency_den", "2024-12-01");
    CELLS.put("satisfaction_rate_num", "2025-03-01");
  }

  @TempDir static Path folder;
  private static SimulatedLake simulated;
  private static Lakehouse lake;
  private static String dealer;

  @BeforeAll
  static void fill() throws IOException {
    simulated = SimulatedLake.in(folder, 1, 250, 2);
    lake = simulated.open("lake");
    simulated.run(lake, ExplainerTest::isOfKeyFigures);
    dealer = lake.read(Dealers.TABLE).select(Dealers.DEALER_ID.col()).first().getString(0);
    CELLS.put("complaint_close_median_hours", monthWith("complaint_close_median_hours", ""));
    CELLS.put(
        "complaint_acknowledged_in_time_rate_num",
        monthWith(
            "complaint_acknowledged_in_time_rate_num", CELLS.get("complaint_close_median_hours")));
  }

  /** Key figures need no features, scores and lists. */
  private static boolean isOfKeyFigures(Step step) {
    return step.outputs().stream()
        .noneMatch(
            table ->
                EnumSet.of(Layer.FEATURE, Layer.SCORE, Layer.DECISION).contains(table.layer())
                    || table.layer() == Layer.SERVING
                        && !Set.of(DealerDays.TABLE, DealerMonths.TABLE).contains(table));
  }

  @Test
  void linesBehindCellsOfDealerMonthsReproduceTheNumbers() {
    Set<String> listed = new LinkedHashSet<>();
    Map<String, Object> expected = new LinkedHashMap<>();
    for (Map.Entry<String, String> cell : CELLS.entrySet()) {
      Explainer explainer = new Explainer(lake::read, 3);
      explainer.explain(key(cell.getValue()), cell.getKey());
      explainer.lines().forEach(line -> listed.add(line.bronzeId()));
      expected.put(cell.getKey(), value(lake, cell.getKey(), cell.getValue()));
    }
    long all = lake.read(SourceRows.TABLE).count();

    Lakehouse other = simulated.open("of the listed lines");
    other.append(
        SourceRows.TABLE,
        lake.read(SourceRows.TABLE)
            .where(SourceRows.BRONZE_ID.col().isin(new ArrayList<>(listed).toArray())),
        new Txn("test", 1));
    lake.files()
        .read("_progress/ingest/state.json")
        .ifPresent(state -> other.files().write("_progress/ingest/state.json", state));
    simulated.run(other, step -> !step.name().equals("ingest") && isOfKeyFigures(step));

    assertThat((long) listed.size()).isLessThan(all / 2);
    CELLS.forEach(
        (column, month) ->
            assertThat(value(other, column, month))
                .as(column + " of " + month)
                .isNotNull()
                .isNotEqualTo(0L)
                .isEqualTo(expected.get(column)));
  }

  @Test
  void theTreeNamesFilesAndLinesThatHoldTheRow() throws IOException {
    Explainer explainer = new Explainer(lake::read, 4);
    Explanation explanation = explainer.explain(key("2025-02-01"), "revenue_per_order_den");
    StringWriter text = new StringWriter();
    explanation.print(new PrintWriter(text));
    Path csv = folder.resolve("lines.csv");
    SourceLinesFile.write(explainer.lines(), csv);

    Object value = value(lake, "revenue_per_order_den", "2025-02-01");
    assertThat(text.toString())
        .startsWith(
            "serving.dealer_months dealer_id=%s,month_on=2025-02-01 = %s".formatted(dealer, value))
        .contains(
            "revenue_per_order_den = count(*) by delivered_on, from these rows " + value,
            "gold.service_visits: " + value + " rows",
            "silver.repair_orders: " + value + " rows");
    SourceLine order =
        explainer.lines().stream()
            .filter(line -> line.table().equals("silver.repair_orders"))
            .findFirst()
            .orElseThrow();
    String source =
        Files.readAllLines(simulated.exports.resolve(order.file())).get((int) order.line() - 1);
    assertThat(source).contains(order.key().substring(order.key().indexOf(':') + 1));
    assertThat(Files.readAllLines(csv)).hasSize(explainer.lines().size() + 1);
  }

  @Test
  void wrongNamesAreToldAtOnceAndAMissingRowIsSaid() {
    assertThatThrownBy(
            () -> RowKey.of("serving.dealer_months", Map.of("dealer", "x", "month_on", "y"), "z"))
        .hasMessageContainingAll(
            "--key lacks dealer_id", "dealer is not of the key", "no column z");
    assertThatThrownBy(() -> new Explainer(lake::read, 1).explain(key("1999-01-01"), null))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("the table has no such row");
  }

  @Test
  void theDifferenceOfTwoReleasesIsLaidToTheRowsThatMakeIt() throws IOException {
    String month = "2025-09-01";
    Explainer explainer = new Explainer(lake::read, 0);
    explainer.explain(key(month), "revenue_per_order_num");
    SourceLine charged =
        explainer.lines().stream()
            .filter(line -> line.table().equals("silver.repair_order_lines"))
            .findFirst()
            .orElseThrow();
    Lakehouse changed = simulated.open("changed");
    FileUtils.copyDirectory(folder.resolve("lake").toFile(), folder.resolve("changed").toFile());
    ReleasePin before = ReleasePin.of(changed, simulated.settings(), 1, "then", "2025-12-31");
    resend(charged, folder.resolve("later"));
    simulated.run(
        changed, ExplainerTest::isOfKeyFigures, "ingest.folder=" + folder.resolve("later"));
    ReleasePin after = ReleasePin.of(changed, simulated.settings(), 0, "", "2025-12-31");

    List<String> told = new ArrayList<>();
    long differences =
        new ReleaseDiff(changed, before, after, 5)
            .tell(List.of(DealerMonths.TABLE), "revenue_per_order_num", told::add);

    assertThat(differences).isEqualTo(1);
    assertThat(told)
        .contains(
            "  source repair_order_lines: 2 rows of 1 files added",
            "  silver.repair_order_lines: 1 added, 1 corrected, 0 removed",
            "    added: 1",
            "    corrected: 1",
            "      silver.repair_order_lines %s from %s to repair_order_lines/again_2026.csv.gz:2"
                .formatted(charged.key(), charged.place()));
  }

  /** The line with another amount, and once more under another line number. */
  private static void resend(SourceLine line, Path to) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(simulated.exports.resolve(line.file())))))) {
      in.lines().forEach(lines::add);
    }
    List<String> header = List.of(lines.get(0).replace("\uFEFF", "").split(",", -1));
    String[] cells = lines.get((int) line.line() - 1).split(",", -1);
    cells[header.indexOf("金额")] = "4321.00";
    String corrected = String.join(",", cells);
    cells[header.indexOf("行号")] = "99";
    Files.createDirectories(to.resolve("repair_order_lines"));
    try (OutputStream out =
        new GZIPOutputStream(
            Files.newOutputStream(to.resolve("repair_order_lines").resolve("again_2026.csv.gz")))) {
      out.write(
          (lines.get(0) + "\n" + corrected + "\n" + String.join(",", cells) + "\n")
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  private static RowKey key(String month) {
    return RowKey.of("serving.dealer_months", Map.of("dealer_id", dealer, "month_on", month), null);
  }

  /** The last month that has the figure: complaints are rare. */
  private static String monthWith(String column, String not) {
    return lake.read(DealerMonths.TABLE)
        .where(col(column).gt(0).and(DealerMonths.MONTH_ON.col().cast("string").notEqual(not)))
        .agg(max(DealerMonths.MONTH_ON.col()))
        .first()
        .getDate(0)
        .toString();
  }

  private static Object value(Lakehouse of, String column, String month) {
    List<Row> rows =
        of.read(DealerMonths.TABLE)
            .where(DealerMonths.MONTH_ON.col().equalTo(Date.valueOf(month)))
            .select(column)
            .collectAsList();
    return rows.isEmpty() ? null : rows.get(0).get(0);
  }
}
