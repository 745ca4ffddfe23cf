package io.servicelake.jobs.ingest;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import scala.jdk.javaapi.CollectionConverters;

/** Finds the raw columns that a SQL expression of a mapping file names. */
final class SqlColumns {
  private SqlColumns() {}

  /** The columns in order; text that is no expression is noted as a fault and names none. */
  static List<String> of(String sql, MappingSection section, String name) {
    try {
      return columnsOf(sql);
    } catch (Exception e) { // Spark throws its checked ParseException without declaring it.
      section.fault(
          name,
          "'%s' is no SQL expression: %s"
              .formatted(
                  sql, String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("")),
          "Correct it; names with other signs than letters, digits and _ stand in backticks.");
      return List.of();
    }
  }

  private static List<String> columnsOf(String sql) {
    Expression expression = new CatalystSqlParser().parseExpression(sql);
    Set<String> names = new LinkedHashSet<>();
    for (Expression leaf : CollectionConverters.asJava(expression.collectLeaves())) {
      if (leaf instanceof UnresolvedAttribute attribute) {
        names.add(String.join(".", CollectionConverters.asJava(attribute.nameParts())));
      }
    }
    return List.copyOf(names);
  }
}
