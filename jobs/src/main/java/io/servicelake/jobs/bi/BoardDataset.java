package io.servicelake.jobs.bi;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import java.util.List;
import java.util.Optional;

/**
 * A serving table as charts see it.
 *
 * @param time the column that a filter on time binds to; none for lists of one day
 */
record BoardDataset(
    TableContract table,
    Optional<Field> time,
    List<DerivedColumn> derivedColumns,
    List<Metric> metrics) {

  /** The metric of that name. */
  Optional<Metric> metric(String name) {
    return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst();
  }

  /** True if a chart may group or filter by that name. */
  boolean hasColumn(String name) {
    return table.field(name).isPresent()
        || derivedColumns.stream().anyMatch(column -> column.name().equals(name));
  }
}
