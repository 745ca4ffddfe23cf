package io.servicelake.jobs.bi;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of bars and dots over the values of a column, in Superset's words. */
final class ValueViz {
  private static final int MOST_BARS = 20;
  private static final int LEGEND_WIDTH = 300;
  private static final int MOST_PARTS = 10_000;

  private final Viz viz;
  private final Map<String, Object> params = new LinkedHashMap<>();

  ValueViz(Viz viz, String column) {
    this.viz = viz;
    params.put("x_axis", viz.column(column));
  }

  /** Lying bars, largest first figure on top. */
  Map<String, Object> ranked(String format, String... metrics) {
    lying(format, List.of(), metrics);
    params.put("x_axis_sort", viz.metric(metrics[0]));
    params.put("x_axis_sort_asc", true);
    params.put("row_limit", MOST_BARS);
    if (metrics.length > 1) {
      params.putAll(Viz.legend("top"));
    } else {
      params.put("show_legend", false);
      params.put("show_value", true);
    }
    return viz.closed(Viz.Kind.BARS, params);
  }

  /** Lying bars in parts per value of another column, largest on top. */
  Map<String, Object> rankedInParts(String part, String metric) {
    lying(Metric.SHORT_NUMBER, List.of(viz.column(part)), metric);
    params.put("stack", "Stack");
    params.put("x_axis_sort", "sum");
    params.put("x_axis_sort_asc", true);
    params.put("row_limit", MOST_PARTS);
    params.putAll(Viz.legend("right"));
    params.put("legendMargin", LEGEND_WIDTH);
    return viz.closed(Viz.Kind.BARS, params);
  }

  private void lying(String format, List<String> parts, String... metrics) {
    marks(format, parts, metrics);
    params.put("orientation", "horizontal");
  }

  /** Standing bars side by side, one per figure. */
  Map<String, Object> columns(String... metrics) {
    standing(Metric.SHORT_NUMBER, metrics);
    namedAslant();
    return viz.closed(Viz.Kind.BARS, params);
  }

  /** Standing bars side by side, each figure as parts of its whole. */
  Map<String, Object> shares(String... metrics) {
    standing(".0%", metrics);
    params.put("contributionMode", "column");
    return viz.closed(Viz.Kind.BARS, params);
  }

  private void standing(String format, String... metrics) {
    marks(format, List.of(), metrics);
    inOrderOfTheAxis();
    params.put("orientation", "vertical");
    params.put("show_value", true);
  }

  /** A dot per figure: a value and the ends of its interval. */
  Map<String, Object> dots(String format, String... metrics) {
    marks(format, List.of(), metrics);
    inOrderOfTheAxis();
    namedAslant();
    params.put("markerEnabled", true);
    params.put("markerSize", 12);
    params.put("truncateYAxis", true);
    params.put("y_axis_bounds", Arrays.asList(null, null));
    return viz.closed(Viz.Kind.DOTS, params);
  }

  private void marks(String format, List<String> parts, String... metrics) {
    params.put("metrics", viz.metrics(metrics));
    params.put("groupby", parts);
    params.put("y_axis_format", format);
    params.put("rich_tooltip", true);
    params.put("annotation_layers", List.of());
  }

  /** Every value's name is written, none left out for want of room. */
  private void namedAslant() {
    params.put("xAxisLabelRotation", 30);
    params.put("xAxisLabelInterval", "0");
  }

  private void inOrderOfTheAxis() {
    params.put("x_axis_sort", params.get("x_axis"));
    params.put("x_axis_sort_asc", true);
    params.put("row_limit", MOST_BARS);
    params.putAll(Viz.legend("top"));
  }
}
