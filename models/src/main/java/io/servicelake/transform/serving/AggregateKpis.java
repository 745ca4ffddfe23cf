package io.servicelake.transform.serving;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.last_day;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trunc;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.serving.DealerDays;
import io.servicelake.contract.serving.DealerMonths;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.kpi.AllKpis;
import io.servicelake.kpi.CustomerKpis;
import io.servicelake.kpi.Kpi;
import io.servicelake.kpi.Part;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Adds up the parts of the key figures: the formulas stand in the KPI constants, nowhere else. */
public final class AggregateKpis {
  private AggregateKpis() {}

  /** The facts the key figures are summed over. */
  public static List<TableContract> facts() {
    Set<TableContract> facts = new LinkedHashSet<>();
    AllKpis.RATIOS.forEach(
        kpi -> {
          facts.add(kpi.numerator().fact());
          facts.add(kpi.denominator().fact());
        });
    return List.copyOf(facts);
  }

  /**
   * serving.dealer_days: one row per dealer and day up to the as-of day on which something counts.
   *
   * @param facts gives each table of {@link #facts()}
   * @param dealers current silver.dealers; facts of unknown dealers are left out
   */
  public static Dataset<Row> dealerDays(
      Function<TableContract, Dataset<Row>> facts, Dataset<Row> dealers, LocalDate asOf) {
    Map<FactDay, Map<String, Part>> partsByFact = new LinkedHashMap<>();
    for (Kpi.Ratio kpi : AllKpis.RATIOS) {
      put(partsByFact, kpi.numeratorField(), kpi.numerator());
      put(partsByFact, kpi.denominatorField(), kpi.denominator());
    }
    Dataset<Row> union = null;
    for (Map.Entry<FactDay, Map<String, Part>> entry : partsByFact.entrySet()) {
      List<Column> sums = new ArrayList<>();
      entry
          .getValue()
          .forEach((name, part) -> sums.add(expr(part.expression()).cast(part.type()).as(name)));
      FactDay factDay = entry.getKey();
      Dataset<Row> summed =
          facts
              .apply(factDay.fact())
              .where(factDay.day().col().leq(lit(asOf)))
              .groupBy(Dealers.DEALER_ID.col(), factDay.day().col().as(DealerDays.DAY_ON.name()))
              .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
      union = union == null ? summed : union.unionByName(summed, true);
    }
    Column[] totals =
        AllKpis.RATIOS.stream()
            .flatMap(kpi -> kpi.fields().stream())
            .map(field -> total(field))
            .toArray(Column[]::new);
    return withDealer(
        union
            .groupBy(Dealers.DEALER_ID.col(), DealerDays.DAY_ON.col())
            .agg(totals[0], List.of(totals).subList(1, totals.length).toArray(Column[]::new)),
        dealers,
        DealerDays.TABLE);
  }

  /**
   * serving.dealer_months: the days added up, and beside them what cannot be added up, counted from
   * the facts.
   *
   * @param days serving.dealer_days
   */
  public static Dataset<Row> dealerMonths(
      Dataset<Row> days,
      Function<TableContract, Dataset<Row>> facts,
      Dataset<Row> dealers,
      LocalDate asOf) {
    Column month = trunc(DealerDays.DAY_ON.col(), "MM").as(DealerMonths.MONTH_ON.name());
    Column[] totals =
        AllKpis.RATIOS.stream()
            .flatMap(kpi -> kpi.fields().stream())
            .map(field -> total(field))
            .toArray(Column[]::new);
    Dataset<Row> months =
        days.groupBy(Dealers.DEALER_ID.col(), month)
            .agg(totals[0], List.of(totals).subList(1, totals.length).toArray(Column[]::new));
    for (Kpi kpi : CustomerKpis.MONTHLY) {
      months =
          months.join(
              monthly(kpi, facts, asOf),
              scala.jdk.javaapi.CollectionConverters.asScala(
                      List.of(Dealers.DEALER_ID.name(), DealerMonths.MONTH_ON.name()))
                  .toSeq(),
              "left");
    }
    return withDealer(
        months.withColumn(
            DealerMonths.UNTIL_ON.name(), least(last_day(DealerMonths.MONTH_ON.col()), lit(asOf))),
        dealers,
        DealerMonths.TABLE);
  }

  /**
   * The parts of the ratios that have a direction, one row per dealer, day and key figure: columns
   * dealer_id, region, brand, day_on, kpi, label_en, label_zh, direction (1 higher is better, -1
   * lower), num, den.
   */
  public static Dataset<Row> dailyParts(Dataset<Row> days) {
    List<String> structs = new ArrayList<>();
    for (Kpi.Ratio kpi : AllKpis.RATIOS) {
      if (kpi.card().direction() != Kpi.Direction.NEITHER) {
        structs.add(
            "struct('%s' AS kpi, '%s' AS label_en, '%s' AS label_zh, %d AS direction, double(%s) AS num, double(%s) AS den)"
                .formatted(
                    kpi.card().name(),
                    kpi.card().labelEn(),
                    kpi.card().labelZh(),
                    kpi.card().direction() == Kpi.Direction.HIGHER ? 1 : -1,
                    kpi.numeratorField().name(),
                    kpi.denominatorField().name()));
      }
    }
    return days.select(
        Dealers.DEALER_ID.col(),
        Dealers.REGION.col(),
        Dealers.BRAND.col(),
        DealerDays.DAY_ON.col(),
        expr("inline(array(" + String.join(", ", structs) + "))"));
  }

  private static Dataset<Row> monthly(
      Kpi kpi, Function<TableContract, Dataset<Row>> facts, LocalDate asOf) {
    if (kpi instanceof Kpi.Distinct distinct) {
      Part part = distinct.counted();
      return monthsOf(part, facts, asOf)
          .where(expr(part.expression()).isNotNull())
          .select(
              Dealers.DEALER_ID.col(), DealerMonths.MONTH_ON.col(), expr(part.expression()).as("x"))
          .distinct()
          .groupBy(Dealers.DEALER_ID.col(), DealerMonths.MONTH_ON.col())
          .agg(org.apache.spark.sql.functions.count(lit(1)).as(distinct.field().name()));
    }
    if (kpi instanceof Kpi.Quantile quantile) {
      Part part = quantile.over();
      return monthsOf(part, facts, asOf)
          .groupBy(Dealers.DEALER_ID.col(), DealerMonths.MONTH_ON.col())
          .agg(
              expr("round(percentile(%s, %s), 4)".formatted(part.expression(), quantile.level()))
                  .as(quantile.field().name()));
    }
    throw new IllegalArgumentException(kpi.card().name() + " is no monthly figure");
  }

  private static Dataset<Row> monthsOf(
      Part part, Function<TableContract, Dataset<Row>> facts, LocalDate asOf) {
    return facts
        .apply(part.fact())
        .where(part.day().col().leq(lit(asOf)))
        .withColumn(DealerMonths.MONTH_ON.name(), trunc(part.day().col(), "MM"));
  }

  private static Dataset<Row> withDealer(
      Dataset<Row> figures, Dataset<Row> dealers, TableContract table) {
    return figures
        .join(
            dealers.select(Dealers.DEALER_ID.col(), Dealers.REGION.col(), Dealers.BRAND.col()),
            Dealers.DEALER_ID.name())
        .select(table.fields().stream().map(Field::col).toArray(Column[]::new));
  }

  private static Column total(Field field) {
    return coalesce(sum(field.col()), lit(0)).cast(field.type()).as(field.name());
  }

  private static void put(Map<FactDay, Map<String, Part>> byFact, Field field, Part part) {
    byFact
        .computeIfAbsent(new FactDay(part.fact(), part.day()), key -> new LinkedHashMap<>())
        .put(field.name(), part);
  }

  private record FactDay(TableContract fact, Field day) {}
}
