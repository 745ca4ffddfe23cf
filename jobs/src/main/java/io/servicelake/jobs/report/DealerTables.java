package io.servicelake.jobs.report;

import static org.apache.spark.sql.functions.last_day;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.serving.BaseHealth;
import io.servicelake.contract.serving.CustomerCards;
import io.servicelake.contract.serving.DealerBenchmarks;
import io.servicelake.contract.serving.DealerDays;
import io.servicelake.contract.serving.DealerMonths;
import io.servicelake.contract.serving.Freshness;
import io.servicelake.kpi.AllKpis;
import io.servicelake.kpi.Kpi;
import io.servicelake.kpi.VisitKpis;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Dealers of the page and their figures by year and month. */
final class DealerTables {
  static final int DEALERS_MOST = 60;
  private static final int MONTHS = 36;

  private DealerTables() {}

  static ReportTable dealers(Function<TableContract, Dataset<Row>> tables, Dataset<Row> days) {
    Field throughput = VisitKpis.REVENUE_PER_ORDER.denominatorField();
    Field[] name = {DealerDays.DEALER_ID, DealerDays.REGION, DealerDays.BRAND};
    Column none = lit(0L).as(throughput.name());
    Dataset<Row> all = days.select(columns(name, throughput.col()));
    for (TableContract table : List.of(BaseHealth.TABLE, CustomerCards.TABLE, Freshness.TABLE)) {
      all = all.unionByName(tables.apply(table).select(columns(name, none)).distinct());
    }
    Dataset<Row> largest =
        all.groupBy(DealerDays.DEALER_ID.col())
            .agg(
                max(DealerDays.REGION.col()).as(DealerDays.REGION.name()),
                max(DealerDays.BRAND.col()).as(DealerDays.BRAND.name()),
                sum(throughput.col()).as(throughput.name()))
            .orderBy(throughput.col().desc(), DealerDays.DEALER_ID.col())
            .limit(DEALERS_MOST);
    return ReportTable.collect(largest, name);
  }

  static ReportTable years(Dataset<Row> days, LocalDate asOf) {
    Dataset<Row> years =
        days.where(DealerDays.DAY_ON.col().gt(lit(asOf.minusMonths(24))))
            .withColumn(
                ReportFields.IS_LAST_YEAR.name(),
                DealerDays.DAY_ON.col().gt(lit(asOf.minusMonths(12))));
    return Sums.collect(
        years, List.of(DealerDays.DEALER_ID, ReportFields.IS_LAST_YEAR), ratioParts());
  }

  static ReportTable months(Function<TableContract, Dataset<Row>> tables, LocalDate asOf) {
    List<Column> figures = new ArrayList<>(Sums.totals(ratioParts()));
    // Lumped dealers have no figure of their own that cannot be added up.
    AllKpis.ALL.stream()
        .filter(kpi -> !(kpi instanceof Kpi.Ratio))
        .flatMap(kpi -> kpi.fields().stream())
        .forEach(
            field ->
                figures.add(
                    max(when(
                            DealerMonths.DEALER_ID.col().notEqual(lit(DealerRows.OTHERS)),
                            field.col()))
                        .as(field.name())));
    figures.add(max(DealerMonths.UNTIL_ON.col()).as(DealerMonths.UNTIL_ON.name()));
    Dataset<Row> months =
        Sums.aggregated(
            recent(tables.apply(DealerMonths.TABLE), DealerMonths.MONTH_ON, asOf)
                .groupBy(DealerMonths.DEALER_ID.col(), DealerMonths.MONTH_ON.col()),
            figures);
    return ReportTable.collect(
        months,
        Stream.of(
                Stream.of(DealerMonths.DEALER_ID, DealerMonths.MONTH_ON, DealerMonths.UNTIL_ON),
                AllKpis.ALL.stream().flatMap(kpi -> kpi.fields().stream()))
            .flatMap(Function.identity())
            .toArray(Field[]::new));
  }

  static ReportTable base(Function<TableContract, Dataset<Row>> tables, LocalDate asOf) {
    return Sums.collect(
        recent(
            tables
                .apply(BaseHealth.TABLE)
                .where(BaseHealth.DEFINITION.col().equalTo(BaseHealth.DEFAULT_DEFINITION)),
            BaseHealth.MONTH_ON,
            asOf),
        List.of(BaseHealth.DEALER_ID, BaseHealth.MONTH_ON, BaseHealth.UNTIL_ON),
        List.of(
            BaseHealth.NEW_COUNT,
            BaseHealth.REGAINED_COUNT,
            BaseHealth.LOST_COUNT,
            BaseHealth.ACTIVE_COUNT));
  }

  /** The base by each definition of lost; the year's periods that lasted to their end. */
  static ReportTable definitions(Function<TableContract, Dataset<Row>> tables, LocalDate asOf) {
    return Sums.collect(
        recent(tables.apply(BaseHealth.TABLE), BaseHealth.MONTH_ON, asOf)
            .where(BaseHealth.UNTIL_ON.col().equalTo(last_day(BaseHealth.MONTH_ON.col()))),
        List.of(
            BaseHealth.DEALER_ID,
            BaseHealth.DEFINITION,
            BaseHealth.MONTH_ON,
            BaseHealth.PERIOD_MONTHS),
        List.of(
            BaseHealth.NEW_COUNT,
            BaseHealth.REGAINED_COUNT,
            BaseHealth.LOST_COUNT,
            BaseHealth.ACTIVE_COUNT));
  }

  static ReportTable benchmarks(Function<TableContract, Dataset<Row>> tables, List<String> shown) {
    return ReportTable.collect(
        tables
            .apply(DealerBenchmarks.TABLE)
            .where(DealerBenchmarks.DEALER_ID.col().isin(shown.toArray())),
        DealerBenchmarks.KPI,
        DealerBenchmarks.DEALER_ID,
        DealerBenchmarks.VALUE,
        DealerBenchmarks.VALUE_LOWER,
        DealerBenchmarks.VALUE_UPPER,
        DealerBenchmarks.PEERS_COUNT,
        DealerBenchmarks.PEER_MEDIAN,
        DealerBenchmarks.PERCENTILE_RATE,
        DealerBenchmarks.STANDING,
        DealerBenchmarks.UNTIL_ON);
  }

  private static List<Field> ratioParts() {
    return AllKpis.RATIOS.stream().flatMap(kpi -> kpi.fields().stream()).toList();
  }

  private static Dataset<Row> recent(Dataset<Row> table, Field month, LocalDate asOf) {
    LocalDate first = asOf.withDayOfMonth(1).minusMonths(MONTHS - 1L);
    return table.where(month.col().between(lit(first), lit(asOf)));
  }

  private static Column[] columns(Field[] fields, Column last) {
    return Stream.concat(Arrays.stream(fields).map(Field::col), Stream.of(last))
        .toArray(Column[]::new);
  }
}
