package io.servicelake.jobs.bi;

import io.servicelake.contract.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings of tables, in Superset's words. */
final class TableViz {
  private static final int ROW_LIMIT = 1000;

  private final Viz viz;
  private final List<String> order = new ArrayList<>();
  // Sorted: the same table is written the same way.
  private final Map<String, Object> columns = new TreeMap<>();

  TableViz(Viz viz) {
    this.viz = viz;
  }

  /** Largest first; a second call orders rows alike in the first. */
  TableViz descending(Field column) {
    return ordered(column.name(), false);
  }

  /** Smallest first; a second call orders rows alike in the first. */
  TableViz ascending(String column) {
    return ordered(column, true);
  }

  private TableViz ordered(String column, boolean isAscending) {
    order.add("[\"%s\", %s]".formatted(viz.column(column), isAscending));
    return this;
  }

  /** How numbers of the columns are written. */
  TableViz shown(String format, Field... numbers) {
    for (Field number : numbers) {
      columns.put(viz.column(number.name()), Map.of("d3NumberFormat", format));
    }
    return this;
  }

  /** Rows as they are. */
  Map<String, Object> rows(String... shown) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("query_mode", "raw");
    params.put("all_columns", Arrays.stream(shown).map(viz::column).toList());
    params.put("order_by_cols", List.copyOf(order));
    return closed(params);
  }

  /** One row per value of the column, largest first figure first. */
  Map<String, Object> summary(String column, String... metrics) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("query_mode", "aggregate");
    params.put("groupby", List.of(viz.column(column)));
    params.put("metrics", viz.metrics(metrics));
    params.put("timeseries_limit_metric", viz.metric(metrics[0]));
    params.put("order_desc", true);
    return closed(params);
  }

  private Map<String, Object> closed(Map<String, Object> params) {
    params.put("row_limit", ROW_LIMIT);
    params.put("server_pagination", false);
    params.put("page_length", 0);
    params.put("include_search", false);
    params.put("show_cell_bars", false);
    params.put("table_timestamp_format", "%Y-%m-%d");
    params.put("column_config", new LinkedHashMap<>(columns));
    return viz.closed(Viz.Kind.TABLE, params);
  }
}
