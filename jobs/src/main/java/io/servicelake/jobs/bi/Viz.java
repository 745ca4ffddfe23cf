package io.servicelake.jobs.bi;

import io.servicelake.contract.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings of the kinds of charts in use, in Superset's words. Columns and metrics are looked up in
 * the dataset: a name it does not have is refused here.
 */
final class Viz {
  private static final String MONTH = "%Y-%m";
  private static final int ROW_LIMIT = 10_000;

  private final BoardDataset dataset;
  private final Map<String, Object> params = new LinkedHashMap<>();
  private final List<Object> filters = new ArrayList<>();

  private Viz(BoardDataset dataset) {
    this.dataset = dataset;
    dataset
        .time()
        .ifPresent(time -> filters.add(filter(time.name(), "TEMPORAL_RANGE", "No filter")));
  }

  static Viz over(BoardDataset dataset) {
    return new Viz(dataset);
  }

  // ---- what all kinds share ----

  /** Keeps rows whose yes-no column is true. */
  Viz where(DerivedColumn isTrue) {
    filters.add(filter(column(isTrue.name()), "IS TRUE", null));
    return this;
  }

  /** Keeps rows whose yes-no column is true. */
  Viz where(Field isTrue) {
    filters.add(filter(column(isTrue.name()), "IS TRUE", null));
    return this;
  }

  /** Keeps rows in which the column has a value. */
  Viz whereKnown(Field column) {
    filters.add(filter(column(column.name()), "IS NOT NULL", null));
    return this;
  }

  /** Keeps rows with none of the values. */
  Viz whereNot(Field column, String... values) {
    filters.add(filter(column(column.name()), "NOT IN", List.of(values)));
    return this;
  }

  /** Keeps rows with one of the values. */
  Viz where(Field column, List<String> values) {
    filters.add(filter(column(column.name()), "IN", values));
    return this;
  }

  private static Map<String, Object> filter(String subject, String operator, Object comparator) {
    Map<String, Object> filter = new LinkedHashMap<>();
    filter.put("clause", "WHERE");
    filter.put("expressionType", "SIMPLE");
    filter.put("subject", subject);
    filter.put("operator", operator);
    filter.put("operatorId", operator.replace(' ', '_'));
    if (comparator != null) {
      filter.put("comparator", comparator);
    }
    return filter;
  }

  private Map<String, Object> closed() {
    Map<String, Object> all = new LinkedHashMap<>(params);
    all.put("adhoc_filters", List.copyOf(filters));
    all.put("color_scheme", SupersetBundle.COLOR_SCHEME);
    all.put("extra_form_data", Map.of());
    return all;
  }

  /** Closes settings made elsewhere. */
  Map<String, Object> closed(String kind, Map<String, Object> settings) {
    params.put("viz_type", kind);
    params.putAll(settings);
    return closed();
  }

  String column(String name) {
    if (!dataset.hasColumn(name)) {
      throw missing("column", name);
    }
    return name;
  }

  String metric(String name) {
    return metricOf(name).name();
  }

  private Metric metricOf(String name) {
    return dataset.metric(name).orElseThrow(() -> missing("metric", name));
  }

  List<String> metrics(String... names) {
    return Arrays.stream(names).map(this::metric).toList();
  }

  private IllegalArgumentException missing(String kind, String name) {
    return new IllegalArgumentException(
        "Cannot draw a chart of %s: it has no %s %s. A chart shows what its dataset offers. Add the %s to the dataset, or name another."
            .formatted(dataset.table().id(), kind, name, kind));
  }

  private void legendOnTop() {
    params.putAll(legend("top"));
  }

  static Map<String, Object> legend(String place) {
    return Yamls.ordered("show_legend", true, "legendType", "scroll", "legendOrientation", place);
  }

  private void overMonths() {
    params.put("x_axis", dataset.time().orElseThrow().name());
    params.put("time_grain_sqla", "P1M");
    params.put("x_axis_time_format", MONTH);
    params.put("row_limit", ROW_LIMIT);
    params.put("truncate_metric", true);
    params.put("show_empty_columns", true);
    params.put("rich_tooltip", true);
    params.put("tooltipTimeFormat", MONTH);
    params.put("annotation_layers", List.of());
  }

  // ---- kinds ----

  /** The last month's figure, its trend, and the change against the same month a year before. */
  Map<String, Object> figureWithTrend(String metric) {
    Metric shown = metricOf(metric);
    params.put("viz_type", Kind.FIGURE_WITH_TREND);
    params.put("metric", shown.name());
    params.put("x_axis", dataset.time().orElseThrow().name());
    params.put("time_grain_sqla", "P1M");
    params.put("compare_lag", 12);
    params.put("compare_suffix", "vs last year 同比");
    params.put(
        "y_axis_format", shown.format().equals(Metric.SHARE) ? Metric.SHARE : Metric.SHORT_NUMBER);
    params.put("show_timestamp", true);
    params.put("time_format", MONTH);
    params.put("show_trend_line", true);
    params.put("start_y_axis_at_zero", false);
    params.put("header_font_size", 0.4);
    params.put("subheader_font_size", 0.15);
    params.put("rolling_type", "None");
    params.put("color_picker", Map.of("r", 31, "g", 95, "b", 139, "a", 1));
    return closed();
  }

  /** One figure of the as-of day. */
  Map<String, Object> figure(String metric, Labels below) {
    Metric shown = metricOf(metric);
    params.put("viz_type", Kind.FIGURE);
    params.put("metric", shown.name());
    params.put("y_axis_format", shown.format());
    params.put("subtitle", below.both());
    params.put("header_font_size", 0.4);
    params.put("subtitle_font_size", 0.125);
    return closed();
  }

  /** Bars on the left scale and a line on the right one, by month. */
  Map<String, Object> barsAndLine(String bars, String line) {
    params.put("viz_type", Kind.BARS_AND_LINE);
    overMonths();
    params.put("metrics", metrics(bars));
    params.put("groupby", List.of());
    params.put("seriesType", "bar");
    params.put("yAxisIndex", 0);
    params.put("y_axis_format", Metric.SHORT_NUMBER);
    params.put("metrics_b", metrics(line));
    params.put("groupby_b", List.of());
    params.put("adhoc_filters_b", List.copyOf(filters));
    params.put("seriesTypeB", "line");
    params.put("yAxisIndexB", 1);
    params.put("markerEnabledB", true);
    params.put("markerSizeB", 5);
    params.put("y_axis_format_secondary", Metric.SHORT_NUMBER);
    params.put("truncateYAxis", true);
    params.put("y_axis_bounds", Arrays.asList(0, null));
    legendOnTop();
    return closed();
  }

  /** One line per figure, by month. */
  Map<String, Object> lines(String format, String... metrics) {
    params.put("viz_type", Kind.LINES);
    overMonths();
    params.put("metrics", metrics(metrics));
    params.put("groupby", List.of());
    params.put("seriesType", "line");
    params.put("markerEnabled", true);
    params.put("markerSize", 5);
    params.put("y_axis_format", format);
    params.put("truncateYAxis", true);
    params.put("y_axis_bounds", Arrays.asList(null, null));
    legendOnTop();
    return closed();
  }

  /** Stacked bars by month, one part per figure. */
  Map<String, Object> stackedFigures(String... metrics) {
    stackedBars(metrics(metrics), List.of());
    return closed();
  }

  /** Stacked bars by month, one part per value of the column. */
  Map<String, Object> stackedBy(String column, String metric) {
    stackedBars(metrics(metric), List.of(column(column)));
    return closed();
  }

  private void stackedBars(List<String> metrics, List<String> groupBy) {
    params.put("viz_type", Kind.BARS);
    overMonths();
    params.put("metrics", metrics);
    params.put("groupby", groupBy);
    params.put("orientation", "vertical");
    params.put("stack", "Stack");
    params.put("y_axis_format", Metric.SHORT_NUMBER);
    legendOnTop();
  }

  /** One group of bars per week; the column holds the first day of the week. */
  Map<String, Object> barsByWeek(Field week, String metric) {
    params.put("viz_type", Kind.BARS);
    params.put("x_axis", column(week.name()));
    params.put("time_grain_sqla", "P1D");
    params.put("x_axis_time_format", "%m-%d");
    params.put("tooltipTimeFormat", "%Y-%m-%d");
    params.put("metrics", metrics(metric));
    params.put("groupby", List.of());
    params.put("orientation", "vertical");
    params.put("y_axis_format", Metric.SHORT_NUMBER);
    params.put("row_limit", ROW_LIMIT);
    params.put("rich_tooltip", true);
    params.put("show_legend", false);
    params.put("annotation_layers", List.of());
    return closed();
  }

  /** Goes on with marks over the values of a column. */
  ValueViz by(String column) {
    return new ValueViz(this, column);
  }

  /** A ring of parts of the whole. */
  Map<String, Object> ring(String column, String metric) {
    params.put("viz_type", Kind.RING);
    params.put("groupby", List.of(column(column)));
    params.put("metric", metric(metric));
    params.put("row_limit", 20);
    params.put("sort_by_metric", true);
    params.put("donut", true);
    params.put("innerRadius", 45);
    params.put("outerRadius", 68);
    params.put("show_labels", true);
    params.put("label_type", "percent");
    params.put("labels_outside", true);
    params.put("label_line", true);
    params.put("show_labels_threshold", 2);
    params.put("number_format", Metric.SHORT_NUMBER);
    params.put("show_legend", true);
    params.put("legendType", "plain");
    params.put("legendOrientation", "right");
    params.put("show_total", true);
    return closed();
  }

  /** Colour by value, scaled within each column of the map. */
  Map<String, Object> heatMap(String across, Field down, String metric) {
    params.put("viz_type", Kind.HEAT_MAP);
    params.put("x_axis", column(across));
    params.put("groupby", column(down.name()));
    params.put("metric", metric(metric));
    params.put("row_limit", ROW_LIMIT);
    params.put("sort_x_axis", "alpha_asc");
    params.put("sort_y_axis", "alpha_desc");
    params.put("normalize_across", "x");
    params.put("linear_color_scheme", "schemeYlGnBu");
    params.put("left_margin", "auto");
    params.put("bottom_margin", "auto");
    params.put("value_bounds", Arrays.asList(null, null));
    params.put("y_axis_format", Metric.SHARE);
    params.put("xscale_interval", 1);
    params.put("yscale_interval", 1);
    params.put("show_legend", false);
    params.put("show_percentage", false);
    params.put("show_values", true);
    params.put("normalized", true);
    return closed();
  }

  /** Goes on as a table. */
  TableViz asTable() {
    return new TableViz(this);
  }

  /** Superset's names of the kinds. */
  static final class Kind {
    static final String FIGURE = "big_number_total";
    static final String FIGURE_WITH_TREND = "big_number";
    static final String BARS_AND_LINE = "mixed_timeseries";
    static final String LINES = "echarts_timeseries_line";
    static final String BARS = "echarts_timeseries_bar";
    static final String DOTS = "echarts_timeseries_scatter";
    static final String RING = "pie";
    static final String HEAT_MAP = "heatmap_v2";
    static final String TABLE = "table";

    private Kind() {}
  }
}
