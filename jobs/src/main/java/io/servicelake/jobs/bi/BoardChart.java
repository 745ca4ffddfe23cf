package io.servicelake.jobs.bi;

import io.servicelake.contract.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A chart of a dashboard.
 *
 * @param name stable name: its identity and file name
 * @param vizType Superset's name of the kind of chart
 * @param params the chart's settings in Superset's words
 * @param emptyUntil until when it has nothing to show, in words; none: it always has
 */
record BoardChart(
    String name,
    Labels title,
    String meaning,
    BoardDataset dataset,
    String vizType,
    Map<String, Object> params,
    Optional<String> emptyUntil) {

  BoardChart(
      String name,
      Labels title,
      String meaning,
      BoardDataset dataset,
      String vizType,
      Map<String, Object> params) {
    this(name, title, meaning, dataset, vizType, params, Optional.empty());
  }

  /** The same chart, which may have nothing to show until that. */
  BoardChart mayBeEmptyUntil(String event) {
    return new BoardChart(name, title, meaning, dataset, vizType, params, Optional.of(event));
  }

  /** One figure large, named and explained as its metric is. */
  static BoardChart figure(
      BoardDataset dataset, String metric, String vizType, Map<String, Object> params) {
    Metric shown = dataset.metric(metric).orElseThrow();
    return new BoardChart(
        "figure-" + metric.replace('_', '-'),
        shown.labels(),
        shown.meaning(),
        dataset,
        vizType,
        params);
  }

  /** True if a filter on the column changes it: the table has it, and the chart does not fix it. */
  boolean isBoundBy(Field column) {
    return dataset.hasColumn(column.name())
        && ((List<?>) params.getOrDefault("adhoc_filters", List.of()))
            .stream()
                .noneMatch(filter -> column.name().equals(((Map<?, ?>) filter).get("subject")));
  }

  /** True if a filter on time changes it. */
  boolean isBoundByTime() {
    return dataset.time().isPresent();
  }
}
