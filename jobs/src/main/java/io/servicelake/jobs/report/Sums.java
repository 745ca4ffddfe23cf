package io.servicelake.jobs.report;

import static org.apache.spark.sql.functions.sum;

import io.servicelake.contract.Field;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RelationalGroupedDataset;
import org.apache.spark.sql.Row;

/** Columns added up by group. */
final class Sums {
  private Sums() {}

  /** The sums, with the columns they are grouped by before them. */
  static ReportTable collect(Dataset<Row> table, List<Field> by, List<Field> summed) {
    Column[] keys = by.stream().map(Field::col).toArray(Column[]::new);
    return ReportTable.collect(
        aggregated(table.groupBy(keys), totals(summed)),
        Stream.concat(by.stream(), summed.stream()).toArray(Field[]::new));
  }

  static List<Column> totals(List<Field> fields) {
    return fields.stream().map(field -> sum(field.col()).as(field.name())).toList();
  }

  /** The groups with at least one figure each. */
  static Dataset<Row> aggregated(RelationalGroupedDataset groups, List<Column> figures) {
    return groups.agg(figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new));
  }
}
