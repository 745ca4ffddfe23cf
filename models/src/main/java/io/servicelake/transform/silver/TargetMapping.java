package io.servicelake.transform.silver;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How rows of one source become rows of one silver table.
 *
 * @param sourceId the source
 * @param table the versioned table
 * @param where Spark SQL condition over raw columns: rows that fail it are not meant for the table
 * @param whereColumns raw columns the condition names
 * @param columns a rule for every column the source feeds
 * @param requireAny columns of which at least one has to have a value; empty for none
 * @param reading how its texts are read
 * @param personal raw columns whose values must not be quoted
 */
public record TargetMapping(
    String sourceId,
    TableContract table,
    Optional<String> where,
    List<String> whereColumns,
    List<ColumnRule> columns,
    List<Field> requireAny,
    Reading reading,
    Set<String> personal) {

  /** Raw columns that some rule or the condition reads. */
  public Set<String> rawColumns() {
    Set<String> names = new LinkedHashSet<>(whereColumns);
    columns.forEach(rule -> names.addAll(rule.rawColumns()));
    return names;
  }
}
