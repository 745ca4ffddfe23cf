package io.servicelake.jobs.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.row_number;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.serving.ComponentWatch;
import io.servicelake.contract.serving.ServiceDueList;
import io.servicelake.contract.serving.TechnicianCards;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Services due, components that fail, and technicians. */
final class WorkshopTables {
  static final int FEW_JOBS = 30;
  private static final int TECHNICIANS_MOST = 400;
  private static final int WEAK_SPOTS_MOST = 8;
  private static final double WEAK_FROM_RATIO = 1.05;

  private WorkshopTables() {}

  static ReportTable dues(Function<TableContract, Dataset<Row>> tables, LocalDate asOf) {
    Dataset<Row> dues =
        tables
            .apply(ServiceDueList.TABLE)
            .withColumn(ReportFields.IS_OVERDUE.name(), ServiceDueList.DUE_ON.col().lt(lit(asOf)))
            .groupBy(
                ServiceDueList.DEALER_ID.col(),
                ServiceDueList.DUE_WEEK_ON.col(),
                ServiceDueList.DUE_BY.col(),
                ReportFields.IS_OVERDUE.col())
            .agg(
                count(lit(1)).as(ReportFields.VEHICLES_COUNT.name()),
                count_if(coalesce(ServiceDueList.IS_CORE.col(), lit(false)))
                    .as(ReportFields.CORE_COUNT.name()));
    return ReportTable.collect(
        dues,
        ServiceDueList.DEALER_ID,
        ServiceDueList.DUE_WEEK_ON,
        ServiceDueList.DUE_BY,
        ReportFields.IS_OVERDUE,
        ReportFields.VEHICLES_COUNT,
        ReportFields.CORE_COUNT);
  }

  static ReportTable components(Function<TableContract, Dataset<Row>> tables) {
    return Sums.collect(
        withSpread(tables.apply(ComponentWatch.TABLE)),
        List.of(ComponentWatch.DEALER_ID, ComponentWatch.COMPONENT_CODE),
        watched());
  }

  /** Models and components furthest above the base rate: of each dealer, and of all together. */
  static ReportTable weakSpots(Function<TableContract, Dataset<Row>> tables, List<String> shown) {
    List<Field> spot =
        List.of(ComponentWatch.DEALER_ID, ComponentWatch.MODEL, ComponentWatch.COMPONENT_CODE);
    Dataset<Row> watch = withSpread(tables.apply(ComponentWatch.TABLE));
    Dataset<Row> ofDealers = watch.where(ComponentWatch.DEALER_ID.col().isin(shown.toArray()));
    Dataset<Row> ofAll = watch.withColumn(ComponentWatch.DEALER_ID.name(), lit(DealerRows.GROUP));
    Column excess =
        ComponentWatch.EXPECTED_REPAIRS_90D_COUNT
            .col()
            .minus(ComponentWatch.NAIVE_REPAIRS_90D_COUNT.col());
    Dataset<Row> ranked =
        Sums.aggregated(
                ofDealers
                    .unionByName(ofAll)
                    .groupBy(spot.stream().map(Field::col).toArray(Column[]::new)),
                Sums.totals(watched()))
            .where(
                ComponentWatch.EXPECTED_REPAIRS_90D_COUNT
                    .col()
                    .gt(
                        ComponentWatch.NAIVE_REPAIRS_90D_COUNT
                            .col()
                            .multiply(lit(WEAK_FROM_RATIO))))
            .withColumn(
                ReportFields.ORDER_NO.name(),
                row_number()
                    .over(
                        Window.partitionBy(ComponentWatch.DEALER_ID.col())
                            .orderBy(
                                excess.desc(),
                                ComponentWatch.MODEL.col(),
                                ComponentWatch.COMPONENT_CODE.col())))
            .where(ReportFields.ORDER_NO.col().leq(lit(WEAK_SPOTS_MOST)));
    return ReportTable.collect(
        ranked,
        Stream.concat(
                Stream.of(ComponentWatch.DEALER_ID, ReportFields.ORDER_NO),
                Stream.concat(spot.subList(1, spot.size()).stream(), watched().stream()))
            .toArray(Field[]::new));
  }

  static ReportTable technicians(Function<TableContract, Dataset<Row>> tables) {
    Field[] fields = {
      TechnicianCards.DEALER_ID,
      TechnicianCards.CLUSTER_LABEL_EN,
      TechnicianCards.CLUSTER_LABEL_ZH,
      TechnicianCards.LEVEL,
      TechnicianCards.JOBS_12M_COUNT,
      TechnicianCards.TIME_RATIO,
      TechnicianCards.FIRST_TIME_FIX_RATE,
      TechnicianCards.FIRST_TIME_FIX_LOWER_RATE,
      TechnicianCards.FIRST_TIME_FIX_UPPER_RATE,
      TechnicianCards.RAW_FIRST_TIME_FIX_RATE,
      TechnicianCards.PRAISE_RATE,
      TechnicianCards.QUALITY_SCORE,
      TechnicianCards.IS_BENCHMARK
    };
    Column[] order =
        Stream.concat(
                Stream.of(TechnicianCards.JOBS_12M_COUNT.col().desc()),
                Arrays.stream(fields).map(Field::col))
            .toArray(Column[]::new);
    return ReportTable.collect(
        tables
            .apply(TechnicianCards.TABLE)
            .where(TechnicianCards.JOBS_12M_COUNT.col().geq(lit(FEW_JOBS)))
            .orderBy(order)
            .limit(TECHNICIANS_MOST),
        fields);
  }

  static ReportTable techniciansFew(Function<TableContract, Dataset<Row>> tables) {
    return ReportTable.collect(
        tables
            .apply(TechnicianCards.TABLE)
            .where(TechnicianCards.JOBS_12M_COUNT.col().lt(lit(FEW_JOBS)))
            .groupBy(TechnicianCards.DEALER_ID.col())
            .agg(count(lit(1)).as(ReportFields.TECHNICIANS_COUNT.name())),
        TechnicianCards.DEALER_ID,
        ReportFields.TECHNICIANS_COUNT);
  }

  private static List<Field> watched() {
    return List.of(
        ComponentWatch.VEHICLES_COUNT,
        ComponentWatch.EXPECTED_REPAIRS_90D_COUNT,
        ComponentWatch.NAIVE_REPAIRS_90D_COUNT,
        ComponentWatch.REPAIRS_12M_COUNT,
        ReportFields.SPREAD_SQUARED);
  }

  /** Spreads of independent sums add up squared; their upper ends do not add up at all. */
  private static Dataset<Row> withSpread(Dataset<Row> watch) {
    return watch.withColumn(
        ReportFields.SPREAD_SQUARED.name(),
        pow(
            ComponentWatch.EXPECTED_REPAIRS_90D_UPPER_COUNT
                .col()
                .minus(ComponentWatch.EXPECTED_REPAIRS_90D_COUNT.col()),
            lit(2)));
  }
}
