package io.servicelake.jobs.bi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.AllTables;
import io.servicelake.contract.Layer;
import io.servicelake.contract.serving.CampaignResults;
import io.servicelake.contract.serving.DealerMonths;
import io.servicelake.contract.serving.ModelReport;
import io.servicelake.contract.serving.OfferFairness;
import io.servicelake.kpi.AllKpis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * Rewrites the bundle instead of comparing it when run with {@code -Dservicelake.regenerate=true}.
 */
class SupersetBundleTest {
  private static final Path KEPT = Path.of("../conf/superset/bundle");
  private static final Pattern WORD = Pattern.compile("'[^']*'|\\b[a-z][a-z0-9_]*\\b");

  @Test
  void bundleKeptIsWhatContractsAndKeyFiguresSay() throws IOException {
    if (Boolean.getBoolean("servicelake.regenerate")) {
      SupersetBundle.write(KEPT);
    }
    Map<String, String> kept = SupersetBundle.read(KEPT);
    Map<String, String> made = SupersetBundle.files();
    assertThat(kept.keySet()).isEqualTo(made.keySet());
    made.forEach(
        (name, text) ->
            assertThat(kept.get(name))
                .as(name + ": regenerate with -Dservicelake.regenerate=true")
                .isEqualTo(text));
  }

  @Test
  void writingTakesAwayWhatTheBundleNoLongerHas(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("charts"));
    Files.writeString(folder.resolve("charts/of-yesterday.yaml"), "slice_name: gone");
    SupersetBundle.write(folder);
    assertThat(SupersetBundle.read(folder)).isEqualTo(SupersetBundle.files());
  }

  @Test
  void everyDatasetIsAServingTable() {
    datasets()
        .forEach(
            dataset -> {
              assertThat(AllTables.ALL).contains(dataset.table());
              assertThat(dataset.table().layer()).isEqualTo(Layer.SERVING);
            });
  }

  @Test
  void everyExpressionUsesColumnsOfItsTableOnly() {
    datasets()
        .forEach(
            dataset -> {
              dataset.metrics().forEach(metric -> assertColumnsExist(dataset, metric.expression()));
              dataset
                  .derivedColumns()
                  .forEach(column -> assertColumnsExist(dataset, column.expression()));
            });
  }

  @Test
  void everyChartNamesColumnsAndMetricsItsDatasetHas() {
    charts()
        .forEach(
            chart -> {
              BoardDataset dataset = chart.dataset();
              for (String key :
                  List.of("metric", "metrics", "metrics_b", "timeseries_limit_metric")) {
                assertThat(texts(chart.params().get(key)))
                    .as(chart.name() + "." + key)
                    .allMatch(name -> dataset.metric(name).isPresent());
              }
              for (String key : List.of("x_axis", "groupby", "groupby_b", "all_columns")) {
                assertThat(texts(chart.params().get(key)))
                    .as(chart.name() + "." + key)
                    .allMatch(dataset::hasColumn);
              }
              assertThat(texts(chart.params().get("x_axis_sort")))
                  .as(chart.name() + " is sorted by")
                  .allMatch(
                      name ->
                          dataset.hasColumn(name)
                              || dataset.metric(name).isPresent()
                              || name.equals("sum"));
              assertThat(texts(chart.params().get("order_by_cols")))
                  .as(chart.name() + " is sorted by")
                  .allMatch(order -> dataset.hasColumn(order.split("\"")[1]));
              for (Object filter : (List<?>) chart.params().get("adhoc_filters")) {
                assertThat(dataset.hasColumn(String.valueOf(((Map<?, ?>) filter).get("subject"))))
                    .as(chart.name() + " filters by " + filter)
                    .isTrue();
              }
            });
  }

  @Test
  void everyRatioOfTheKeyFiguresIsAMetricFormedAfterAddingUp() {
    BoardDataset months = datasets().filter(d -> d.table() == DealerMonths.TABLE).findFirst().get();
    AllKpis.RATIOS.forEach(
        ratio ->
            assertThat(months.metric(ratio.card().name()))
                .get()
                .extracting(Metric::expression)
                .isEqualTo(ratio.sqlOverParts()));
  }

  @Test
  void filterBindsAllChartsButThoseItCannotChange() {
    SupersetBundle.dashboards()
        .forEach(
            dashboard -> {
              List<BoardChart> charts = dashboard.charts();
              for (Object filter : DashboardFilters.of(dashboard)) {
                Set<Object> excluded = Set.copyOf(excluded(filter));
                for (int i = 0; i < charts.size(); i++) {
                  assertThat(excluded.contains(i + 1))
                      .as(filter + " leaves out " + charts.get(i).name())
                      .isEqualTo(!canChange(filter, charts.get(i)));
                }
              }
            });
  }

  @Test
  void everyChartOfCustomersAndOfTheWorkshopIsFilteredByDealerRegionAndBrand() {
    charts()
        .filter(
            chart ->
                !List.of(CampaignResults.TABLE, OfferFairness.TABLE, ModelReport.TABLE)
                    .contains(chart.dataset().table()))
        .forEach(
            chart ->
                assertThat(List.of(DealerMonths.DEALER_ID, DealerMonths.REGION, DealerMonths.BRAND))
                    .as(chart.name())
                    .allMatch(chart::isBoundBy));
  }

  @Test
  void chartThatFixesARegionIsNotBoundByTheFilterOnRegions() {
    BoardChart ofAllRegions =
        chartOf(Viz.over(RESULTS).where(CampaignResults.REGION, List.of("ALL")));
    assertThat(ofAllRegions.isBoundBy(CampaignResults.REGION)).isFalse();
    assertThat(chartOf(Viz.over(RESULTS)).isBoundBy(CampaignResults.REGION)).isTrue();
  }

  @Test
  void onlyWhatWaitsForCampaignsOrModelsMayBeEmpty() {
    assertThat(charts().filter(chart -> chart.emptyUntil().isPresent()))
        .extracting(chart -> chart.dataset().table())
        .containsOnly(CampaignResults.TABLE, OfferFairness.TABLE, ModelReport.TABLE);
    assertThat(charts().filter(chart -> chart.emptyUntil().isPresent()))
        .extracting(BoardChart::name)
        .contains("campaign-lift", "offer-lift")
        .doesNotContain("model-cards", "winback-call-list");
  }

  @Test
  void noFigureIsNamedLikeTheAxisItStandsOn() {
    charts()
        .filter(chart -> chart.params().get("metrics") instanceof List<?>)
        .forEach(
            chart ->
                assertThat(texts(chart.params().get("metrics")))
                    .as(chart.name())
                    .noneMatch(
                        metric ->
                            axis(chart)
                                .equals(
                                    chart.dataset().metric(metric).orElseThrow().labels().both())));
  }

  @Test
  void titlesOfADashboardTellItsChartsApart() {
    SupersetBundle.dashboards()
        .forEach(
            dashboard ->
                assertThat(dashboard.charts())
                    .extracting(chart -> chart.title().both())
                    .doesNotHaveDuplicates());
  }

  @Test
  void rowsAreTwelveWide() {
    SupersetBundle.dashboards().stream()
        .flatMap(dashboard -> dashboard.rows().stream())
        .forEach(
            row ->
                assertThat(row.tiles().stream().mapToInt(Dashboard.Tile::width).sum())
                    .as(row.heading().both())
                    .isEqualTo(12));
  }

  @Test
  void idsDependOnNamesAloneAndNeverMeet() {
    // Known answer of RFC 9562, appendix A.4.
    assertThat(
            StableIds.version5(
                UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"))
        .hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
    assertThat(StableIds.of("chart", "throughput"))
        .hasToString("a9e157e2-eb62-5495-9ebf-ec88ea5d2709");
    List<String> ids =
        SupersetBundle.files().values().stream()
            .map(text -> new Yaml().<Map<String, Object>>load(text).get("uuid"))
            .filter(id -> id != null)
            .map(String::valueOf)
            .toList();
    assertThat(ids).doesNotHaveDuplicates().hasSize(SupersetBundle.files().size() - 1);
  }

  @Test
  void everythingIsNamedInBothLanguages() {
    Stream.concat(
            charts().map(BoardChart::title),
            datasets().flatMap(d -> d.metrics().stream()).map(Metric::labels))
        .forEach(
            labels -> {
              assertThat(labels.en()).isNotBlank();
              assertThat(labels.zh()).matches(".*\\p{IsHan}.*");
            });
  }

  @Test
  void noPasswordStandsInTheBundle() {
    assertThat(SupersetBundle.files().get("databases/servicelake.yaml"))
        .contains(":XXXXXXXXXX@")
        .doesNotContain("password");
  }

  @Test
  void chartOfAMetricItsDatasetLacksIsRefused() {
    BoardDataset bare =
        new BoardDataset(
            DealerMonths.TABLE, Optional.of(DealerMonths.MONTH_ON), List.of(), List.of());
    assertThatThrownBy(() -> Viz.over(bare).lines(Metric.SHARE, "first_time_fix_rate"))
        .hasMessageStartingWith(
            "Cannot draw a chart of serving.dealer_months: it has no metric first_time_fix_rate.");
  }

  private static final BoardDataset RESULTS =
      new BoardDataset(CampaignResults.TABLE, Optional.empty(), List.of(), List.of());

  private static BoardChart chartOf(Viz viz) {
    return new BoardChart(
        "chart",
        new Labels("Chart", "图"),
        "",
        RESULTS,
        Viz.Kind.TABLE,
        viz.asTable().rows(CampaignResults.OFFER_CODE.name()));
  }

  /** What people read at the axis. */
  private static String axis(BoardChart chart) {
    String name = String.valueOf(chart.params().get("x_axis"));
    return Stream.concat(
            chart.dataset().derivedColumns().stream()
                .filter(column -> column.name().equals(name))
                .map(DerivedColumn::labels),
            chart.dataset().table().field(name).stream().map(Labels::of))
        .map(Labels::both)
        .findFirst()
        .orElse("");
  }

  private static List<?> excluded(Object filter) {
    return (List<?>) ((Map<?, ?>) ((Map<?, ?>) filter).get("scope")).get("excluded");
  }

  private static boolean canChange(Object filter, BoardChart chart) {
    Map<?, ?> target = (Map<?, ?>) ((List<?>) ((Map<?, ?>) filter).get("targets")).get(0);
    if (target.isEmpty()) {
      return chart.dataset().time().isPresent();
    }
    String column = String.valueOf(((Map<?, ?>) target.get("column")).get("name"));
    return chart.dataset().table().fieldNames().contains(column)
        && !chart.params().get("adhoc_filters").toString().contains("subject=" + column);
  }

  private static void assertColumnsExist(BoardDataset dataset, String expression) {
    Set<String> words = new TreeSet<>();
    Matcher matcher = WORD.matcher(expression);
    while (matcher.find()) {
      if (!matcher.group().startsWith("'")) {
        words.add(matcher.group());
      }
    }
    assertThat(new HashSet<>(dataset.table().fieldNames()))
        .as(dataset.table().id() + ": " + expression)
        .containsAll(words);
  }

  private static List<String> texts(Object value) {
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }

  private static Stream<BoardChart> charts() {
    return SupersetBundle.dashboards().stream().flatMap(dashboard -> dashboard.charts().stream());
  }

  private static Stream<BoardDataset> datasets() {
    return SupersetBundle.dashboards().stream()
        .flatMap(dashboard -> dashboard.datasets().stream())
        .distinct();
  }
}
