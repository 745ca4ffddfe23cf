package io.servicelake.jobs.explain;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.serving.DealerBenchmarks;
import io.servicelake.contract.serving.DealerDays;
import io.servicelake.contract.serving.DealerMonths;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.kpi.AllKpis;
import io.servicelake.kpi.Kpi;
import io.servicelake.kpi.Part;
import java.sql.Date;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which rows of a fact a key figure's cell was summed over, by the formulas of the KPI constants.
 */
final class CellParts {
  /** How a cell is formed from the rows of its part. */
  enum Kind {
    SUM,
    DISTINCT,
    QUANTILE
  }

  /**
   * The part behind a column.
   *
   * @param level of a quantile; 0 otherwise
   */
  record CellPart(String column, Part part, Kind kind, double level) {
    /** What the column is, in words. */
    String formula() {
      return switch (kind) {
        case SUM -> part.expression();
        case DISTINCT -> "count(distinct " + part.expression() + ")";
        case QUANTILE -> "round(percentile(" + part.expression() + ", " + level + "), 4)";
      };
    }

    /** Columns of the fact that decide on the figure. */
    Set<String> asked() {
      Set<String> asked = new TreeSet<>();
      for (String name : part.fact().fieldNames()) {
        if (Pattern.compile("\\b" + name + "\\b").matcher(part.expression()).find()) {
          asked.add(name);
        }
      }
      asked.add(part.day().name());
      return asked;
    }

    /** Of the rows of a fact those that add to the figure, with what each adds. */
    Dataset<Row> counting(Dataset<Row> rows) {
      if (kind != Kind.SUM) {
        Column value = expr(part.expression());
        return rows.withColumn(Explainer.ADDS, value.cast("string")).where(value.isNotNull());
      }
      Column[] key = part.fact().key().stream().map(Field::col).toArray(Column[]::new);
      Dataset<Row> adds =
          rows.groupBy(key)
              .agg(expr(part.expression()).as(Explainer.ADDS))
              .where(expr(Explainer.ADDS + " <> 0"))
              .withColumn(Explainer.ADDS, expr(Explainer.ADDS).cast(part.type()).cast("string"));
      return rows.join(adds, part.fact().keyNames().toArray(String[]::new));
    }

    /** The figure over rows of the fact, as text. */
    String over(Dataset<Row> rows) {
      Object value = rows.agg(expr(formula()).as("value").cast(type())).first().get(0);
      return value == null ? kind == Kind.QUANTILE ? "null" : "0" : String.valueOf(value);
    }

    private org.apache.spark.sql.types.DataType type() {
      return switch (kind) {
        case SUM -> part.type();
        case DISTINCT -> org.apache.spark.sql.types.DataTypes.LongType;
        case QUANTILE -> org.apache.spark.sql.types.DataTypes.DoubleType;
      };
    }
  }

  private CellParts() {}

  /** True if the table carries key figures. */
  static boolean isOfKeyFigures(TableContract table) {
    return table.equals(DealerDays.TABLE)
        || table.equals(DealerMonths.TABLE)
        || table.equals(DealerBenchmarks.TABLE);
  }

  /**
   * The parts behind a row of key figures.
   *
   * @param column one of them; null for all
   */
  static List<CellPart> of(TableContract table, Row row, String column) {
    List<CellPart> parts = new ArrayList<>();
    if (table.equals(DealerBenchmarks.TABLE)) {
      Kpi.Ratio kpi =
          AllKpis.RATIOS.stream()
              .filter(ratio -> ratio.card().name().equals(row.getAs(DealerBenchmarks.KPI.name())))
              .findFirst()
              .orElseThrow();
      CellPart numerator =
          new CellPart(DealerBenchmarks.NUMERATOR.name(), kpi.numerator(), Kind.SUM, 0);
      CellPart denominator =
          new CellPart(DealerBenchmarks.DENOMINATOR.name(), kpi.denominator(), Kind.SUM, 0);
      parts.addAll(List.of(numerator, denominator));
      return parts.stream()
          .filter(
              part ->
                  parts.stream().noneMatch(p -> p.column().equals(column))
                      || part.column().equals(column))
          .toList();
    }
    byColumn()
        .forEach(
            (name, part) -> {
              if (table.field(name).isPresent() && (column == null || column.equals(name))) {
                parts.add(part);
              }
            });
    return parts;
  }

  /** The rows of a fact that the row of key figures counts, whatever they add. */
  static Dataset<Row> window(TableContract table, Row row, Part part, Dataset<Row> fact) {
    Column day = part.day().col();
    Column within;
    if (table.equals(DealerDays.TABLE)) {
      within = day.equalTo(lit(row.<Date>getAs(DealerDays.DAY_ON.name())));
    } else if (table.equals(DealerMonths.TABLE)) {
      within =
          day.geq(lit(row.<Date>getAs(DealerMonths.MONTH_ON.name())))
              .and(day.leq(lit(row.<Date>getAs(DealerMonths.UNTIL_ON.name()))));
    } else {
      Column until = lit(row.<Date>getAs(DealerBenchmarks.UNTIL_ON.name()));
      within = day.gt(add_months(until, -12)).and(day.lt(date_add(until, 1)));
    }
    return fact.where(
        Dealers.DEALER_ID.col().equalTo(row.<String>getAs(Dealers.DEALER_ID.name())).and(within));
  }

  private static Map<String, CellPart> byColumn() {
    Map<String, CellPart> parts = new LinkedHashMap<>();
    for (Kpi kpi : AllKpis.ALL) {
      if (kpi instanceof Kpi.Ratio ratio) {
        put(parts, ratio.numeratorField(), ratio.numerator(), Kind.SUM, 0);
        put(parts, ratio.denominatorField(), ratio.denominator(), Kind.SUM, 0);
      } else if (kpi instanceof Kpi.Distinct distinct) {
        put(parts, distinct.field(), distinct.counted(), Kind.DISTINCT, 0);
      } else if (kpi instanceof Kpi.Quantile quantile) {
        put(parts, quantile.field(), quantile.over(), Kind.QUANTILE, quantile.level());
      }
    }
    return parts;
  }

  private static void put(
      Map<String, CellPart> parts, Field field, Part part, Kind kind, double level) {
    parts.put(field.name(), new CellPart(field.name(), part, kind, level));
  }
}
