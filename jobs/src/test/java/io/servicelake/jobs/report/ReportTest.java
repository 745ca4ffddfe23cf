package io.servicelake.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.servicelake.TestRows;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.serving.CustomerCards;
import io.servicelake.contract.serving.DealerDays;
import io.servicelake.contract.serving.Freshness;
import io.servicelake.contract.serving.ModelReport;
import io.servicelake.jobs.CannotException;
import io.servicelake.kpi.AllKpis;
import io.servicelake.kpi.CustomerKpis;
import io.servicelake.kpi.VisitKpis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static ReportData data;
  private static String page;

  @BeforeAll
  static void writePage() throws IOException {
    Path file = Path.of("target", "report", "sample.html");
    data = Report.write(SampleTables.full(), SampleTables.AS_OF, file);
    page = Files.readString(file);
  }

  @Test
  void pageNamesNoCustomerVehicleOrTechnician() {
    assertThat(figures(page))
        .doesNotContain(SampleTables.CUSTOMER)
        .doesNotContain(SampleTables.VEHICLE)
        .doesNotContain(SampleTables.STAFF)
        .doesNotContain("customer_id", "vehicle_id", "staff_id", "repair_order_id", "phone");
  }

  @Test
  void pageLoadsNothing() {
    String markup = page.replaceAll("(?s)<script.*?</script>", "");
    assertThat(markup).doesNotContain("src=", "href=", "url(", "@import");
    assertThat(page).contains("default-src 'none'").doesNotContain("sourceMappingURL");
  }

  @Test
  void sameTablesGiveTheSameBytes() {
    assertThat(ReportPage.of(ReportData.collect(SampleTables.full(), SampleTables.AS_OF)).html())
        .isEqualTo(page);
  }

  @Test
  void partsOfTheYearAddUpToTheDays() {
    double orders =
        data.years()
            .sum(
                VisitKpis.REVENUE_PER_ORDER.denominatorField(),
                data.years().where(ReportFields.IS_LAST_YEAR, true));
    long expected =
        SampleTables.full()
            .apply(DealerDays.TABLE)
            .where("day_on > '2024-12-17' AND day_on <= '2025-12-17'")
            .selectExpr("sum(revenue_per_order_den)")
            .first()
            .getLong(0);
    assertThat(orders).isEqualTo(expected);
  }

  @Test
  void modelsAreShownAsAWholeAndWithWhetherTheyWerePutInUse() {
    assertThat(data.models().rows())
        .extracting(row -> data.models().value(row, ModelReport.METRIC))
        .contains("auc", "put_in_use")
        .doesNotContain("auc@dealer=D01");
    // The rule is ahead at one dealer alone, which is not shown and does not count.
    assertThat(Headline.lines(data))
        .anyMatch(line -> line.matches(".*above their rule +2 of 3 .*"));
  }

  @Test
  void marginsOfTheGroupsTiersAddUpToThoseOfTheCards() {
    double margin =
        data.tiers()
            .sum(
                CustomerCards.MARGIN_36M_AMOUNT,
                data.tiers().where(CustomerCards.DEALER_ID, DealerRows.GROUP));
    double expected =
        SampleTables.full()
            .apply(CustomerCards.TABLE)
            .selectExpr("double(sum(margin_36m_amount))")
            .first()
            .getDouble(0);
    assertThat(margin).isPositive().isCloseTo(expected, within(0.01));
  }

  @Test
  void groupsWithUnlikeOffersAreNamedByWhatDiffers() {
    assertThat(data.fairness().rows())
        .containsExactly(
            List.of("winback-2025-12", "BOOKING", 1L, "", ""),
            List.of("winback-2025-12", "MEMBER_TIER", 3L, "NONE", "GOLD, NONE"));
  }

  @Test
  void everyKeyFigureIsThereWithItsColumns() throws IOException {
    JsonNode figures = JsonMapper.builder().build().readTree(figures(page));
    assertThat(figures.get("kpis")).hasSize(AllKpis.ALL.size());
    List<String> columns = figures.get("months").get("columns").findValuesAsText("name");
    AllKpis.ALL.forEach(
        kpi -> kpi.fields().forEach(field -> assertThat(columns).contains(field.name())));
  }

  @Test
  void namesCannotBecomeMarkup() throws IOException {
    String evil = "</script><script>alert('x')</script>\u2028\u2029<!--";
    Function<TableContract, Dataset<Row>> tables =
        table ->
            table.equals(Freshness.TABLE)
                ? TestRows.of(table)
                    .row(
                        Freshness.DEALER_ID,
                        "D1",
                        Freshness.REGION,
                        evil,
                        Freshness.FACT,
                        evil,
                        Freshness.LAST_OCCURRED_ON,
                        SampleTables.AS_OF)
                    .build()
                : TestRows.of(table).build();
    String html = ReportPage.of(ReportData.collect(tables, SampleTables.AS_OF)).html();
    assertThat(html).doesNotContain("alert('x')</script>", "\u2028", "\u2029");
    JsonNode figures = JsonMapper.builder().build().readTree(figures(html));
    assertThat(figures.get("dealers").get("rows").get(0).get(1).asText()).isEqualTo(evil);
  }

  @Test
  void everyColumnTheScriptReadsIsCollected() throws IOException {
    String script = Files.readString(Path.of("src/main/resources/report/report.js"));
    JsonNode figures = JsonMapper.builder().build().readTree(figures(page));
    List<String> collected = figures.findValuesAsText("name");
    Matcher read =
        Pattern.compile(
                "(?:row|\\])\\.([a-z]+(?:_[a-z0-9]+)+)\\b|\"([a-z]+(?:_[a-z0-9]+)*_(?:count|amount|rate|on|ratio|squared))\"")
            .matcher(script);
    int found = 0;
    while (read.find()) {
      String name = read.group(1) == null ? read.group(2) : read.group(1);
      if (AllKpis.ALL.stream().noneMatch(kpi -> kpi.card().name().equals(name))) {
        assertThat(collected).as("column read by the page").contains(name);
        found++;
      }
    }
    assertThat(found).isGreaterThan(50);
  }

  @Test
  void everyWordTheScriptSaysIsThereInBothLanguages() throws IOException {
    String script = Files.readString(Path.of("src/main/resources/report/report.js"));
    JsonNode words =
        JsonMapper.builder()
            .build()
            .readTree(Files.readString(Path.of("src/main/resources/report/words.json")));
    Matcher said = Pattern.compile("\\bw\\(\"([^\"]+)\"[,)]").matcher(script);
    int found = 0;
    while (said.find()) {
      assertThat(words.get("en").has(said.group(1))).as("en " + said.group(1)).isTrue();
      assertThat(words.get("zh").has(said.group(1))).as("zh " + said.group(1)).isTrue();
      found++;
    }
    assertThat(found).isGreaterThan(100);
    words
        .get("zh")
        .fieldNames()
        .forEachRemaining(
            key ->
                assertThat(words.get("en").has(key) || key.matches("(meaning|code)\\..*"))
                    .as("en " + key)
                    .isTrue());
    words
        .get("en")
        .fieldNames()
        .forEachRemaining(key -> assertThat(words.get("zh").has(key)).as("zh " + key).isTrue());
  }

  @Test
  void emptyTablesGiveAPageThatSaysSo(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new").resolve("empty.html");
    ReportData empty = Report.write(SampleTables.empty(), SampleTables.AS_OF, file);
    Files.copy(
        file,
        Path.of("target", "report", "empty.html"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(file).content().contains("\"dataFromOn\":null");
    assertThat(Headline.lines(empty)).isEmpty();
  }

  @Test
  void headlineLinesAreAligned() {
    List<String> lines = Headline.lines(data);
    assertThat(lines).hasSizeBetween(8, 14);
    assertThat(lines.get(0)).startsWith("Repair orders");
    assertThat(lines)
        .anyMatch(line -> line.startsWith(CustomerKpis.SATISFACTION_RATE.card().labelEn()))
        .anyMatch(line -> line.contains("do not beat the naive rule"))
        .allMatch(line -> line.length() < 120);
  }

  @Test
  void unwritableFileIsSaidWithItsName(@TempDir Path folder) throws IOException {
    Path blocked = Files.writeString(folder.resolve("file"), "").resolve("report.html");
    assertThatThrownBy(() -> ReportPage.of(data).write(blocked))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("Cannot write the report to " + blocked);
  }

  private static String figures(String html) {
    Matcher found =
        Pattern.compile("(?s)<script type=\"application/json\" id=\"figures\">(.*?)</script>")
            .matcher(html);
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
