package io.servicelake.jobs.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.serving.BaseHealth;
import io.servicelake.contract.serving.ComplaintBoard;
import io.servicelake.contract.serving.ComponentWatch;
import io.servicelake.contract.serving.CustomerCards;
import io.servicelake.contract.serving.DataQuality;
import io.servicelake.contract.serving.DealerBenchmarks;
import io.servicelake.contract.serving.DealerDays;
import io.servicelake.contract.serving.DealerMonths;
import io.servicelake.contract.serving.ExpectationResults;
import io.servicelake.contract.serving.FollowUpBoard;
import io.servicelake.contract.serving.Freshness;
import io.servicelake.contract.serving.ModelReport;
import io.servicelake.contract.serving.ServiceDueList;
import io.servicelake.contract.serving.TechnicianCards;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.kpi.AllKpis;
import io.servicelake.kpi.Kpi;
import io.servicelake.kpi.VisitKpis;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataType;

/**
 * What the page shows: counts and sums per dealer, never a customer, a vehicle or a technician's
 * number. Dealers beyond the {@value #DEALERS_MOST} with most throughput are added up under {@value
 * #OTHERS}. Values that would tell of fewer than {@value #FEW_CUSTOMERS} customers' spend, and
 * technicians with fewer than {@value #FEW_JOBS} jobs, are left out. Where sums would not tell the
 * whole for that, tables carry the group itself under {@link #GROUP}.
 *
 * @param dataFromOn first day on which something counts; null without data
 * @param years parts of the ratios in the 12 months up to the as-of day and the 12 before
 * @param techniciansFew technicians per dealer who are left out for few jobs
 */
public record ReportData(
    String asOf,
    String dataFromOn,
    String throughput,
    List<KeyFigure> kpis,
    ReportTable dealers,
    ReportTable years,
    ReportTable months,
    ReportTable base,
    ReportTable core,
    ReportTable clusters,
    ReportTable reasons,
    ReportTable dues,
    ReportTable components,
    ReportTable weakSpots,
    ReportTable technicians,
    ReportTable techniciansFew,
    ReportTable benchmarks,
    ReportTable complaints,
    ReportTable followUps,
    ReportTable models,
    ReportTable quality,
    ReportTable freshness,
    ReportTable expectations) {

  /** The tables it is collected from. */
  public static final List<TableContract> TABLES =
      List.of(
          DealerDays.TABLE,
          DealerMonths.TABLE,
          DealerBenchmarks.TABLE,
          BaseHealth.TABLE,
          CustomerCards.TABLE,
          WinbackList.TABLE,
          ServiceDueList.TABLE,
          ComponentWatch.TABLE,
          TechnicianCards.TABLE,
          FollowUpBoard.TABLE,
          ComplaintBoard.TABLE,
          ModelReport.TABLE,
          DataQuality.TABLE,
          Freshness.TABLE,
          ExpectationResults.TABLE);

  static final String OTHERS = "+";
  static final String GROUP = "";
  static final int DEALERS_MOST = 60;
  static final int MONTHS = 36;
  static final int FEW_JOBS = 30;
  static final int FEW_CUSTOMERS = 5;
  static final int TECHNICIANS_MOST = 400;
  static final int WEAK_SPOTS_MOST = 8;
  static final double WEAK_FROM_RATIO = 1.05;
  static final int FRESHNESS_MOST = 300;

  static final Field IS_LAST_YEAR = bool("is_last_year", "Last 12 months", "近12个月");
  static final Field CUSTOMERS_COUNT = number("customers_count", "Customers", "客户数");
  static final Field CORE_COUNT = number("core_count", "Core customers", "核心客户");
  static final Field HELD_COUNT = number("held_count", "Held back", "暂缓联系");
  static final Field VEHICLES_COUNT = number("vehicles_count", "Vehicles", "车辆数");
  static final Field IS_OVERDUE = bool("is_overdue", "Overdue", "已超期");
  static final Field SPREAD_SQUARED = decimal("spread_squared", "Spread, squared", "离差平方");
  static final Field TECHNICIANS_COUNT = number("technicians_count", "Technicians", "技师数");
  static final Field COMPLAINTS_COUNT = number("complaints_count", "Complaints", "投诉数");
  static final Field AGE_BAND = text("age_band", "Age", "历时");
  static final Field WEEK_ON = text("week_on", "Week", "周");
  static final Field DUTIES_COUNT = number("duties_count", "Duties", "回访任务");

  private static final Field ORDER_NO = number("order_no", "Order", "序号");

  /**
   * A key figure's card, and the columns it is carried in.
   *
   * @param countsThings true for a ratio of two counts, whose chance error follows from them
   */
  public record KeyFigure(
      String name,
      String kind,
      String en,
      String zh,
      String unit,
      String direction,
      Double target,
      String meaning,
      boolean countsThings,
      List<String> columns) {}

  /**
   * Collects the page's figures.
   *
   * @param tables gives each table of {@link #TABLES}
   * @param asOf last day that counts; rows after it are left out
   */
  public static ReportData collect(Function<TableContract, Dataset<Row>> tables, LocalDate asOf) {
    Dataset<Row> days =
        tables.apply(DealerDays.TABLE).where(DealerDays.DAY_ON.col().leq(lit(asOf)));
    ReportTable dealers = dealers(tables, days);
    List<String> shown =
        dealers.rows().stream()
            .map(row -> (String) dealers.value(row, Freshness.DEALER_ID))
            .toList();
    Function<TableContract, Dataset<Row>> lumped = table -> lumpOthers(tables.apply(table), shown);
    return new ReportData(
        asOf.toString(),
        (String)
            ReportTable.collect(
                    days.agg(min(DealerDays.DAY_ON.col()).as(DealerDays.DAY_ON.name())),
                    DealerDays.DAY_ON)
                .rows()
                .get(0)
                .get(0),
        VisitKpis.REVENUE_PER_ORDER.card().name(),
        AllKpis.ALL.stream().map(ReportData::keyFigure).toList(),
        dealers,
        years(lumpOthers(days, shown), asOf),
        months(lumped, asOf),
        base(lumped, asOf),
        core(lumped),
        clusters(lumped),
        reasons(lumped),
        dues(lumped, asOf),
        components(lumped),
        weakSpots(tables, shown),
        technicians(lumped),
        techniciansFew(lumped),
        benchmarks(tables, shown),
        complaints(lumped),
        followUps(lumped),
        models(tables),
        quality(tables),
        freshness(tables),
        expectations(tables));
  }

  private static ReportTable dealers(
      Function<TableContract, Dataset<Row>> tables, Dataset<Row> days) {
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

  private static ReportTable years(Dataset<Row> days, LocalDate asOf) {
    Dataset<Row> years =
        days.where(DealerDays.DAY_ON.col().gt(lit(asOf.minusMonths(24))))
            .withColumn(IS_LAST_YEAR.name(), DealerDays.DAY_ON.col().gt(lit(asOf.minusMonths(12))));
    return sums(years, List.of(DealerDays.DEALER_ID, IS_LAST_YEAR), ratioParts());
  }

  private static ReportTable months(Function<TableContract, Dataset<Row>> tables, LocalDate asOf) {
    List<Column> figures = new ArrayList<>(totals(ratioParts()));
    // Lumped dealers have no figure of their own that cannot be added up.
    AllKpis.ALL.stream()
        .filter(kpi -> !(kpi instanceof Kpi.Ratio))
        .flatMap(kpi -> kpi.fields().stream())
        .forEach(
            field ->
                figures.add(
                    max(when(DealerMonths.DEALER_ID.col().notEqual(lit(OTHERS)), field.col()))
                        .as(field.name())));
    figures.add(max(DealerMonths.UNTIL_ON.col()).as(DealerMonths.UNTIL_ON.name()));
    Dataset<Row> months =
        aggregated(
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

  private static ReportTable base(Function<TableContract, Dataset<Row>> tables, LocalDate asOf) {
    return sums(
        recent(tables.apply(BaseHealth.TABLE), BaseHealth.MONTH_ON, asOf),
        List.of(BaseHealth.DEALER_ID, BaseHealth.MONTH_ON, BaseHealth.UNTIL_ON),
        List.of(
            BaseHealth.NEW_COUNT,
            BaseHealth.REGAINED_COUNT,
            BaseHealth.LOST_COUNT,
            BaseHealth.ACTIVE_COUNT));
  }

  private static ReportTable core(Function<TableContract, Dataset<Row>> tables) {
    return few(
        withGroup(tables.apply(CustomerCards.TABLE)),
        List.of(CustomerCards.DEALER_ID, CustomerCards.IS_CORE),
        List.of(),
        CustomerCards.NET_24M_AMOUNT);
  }

  private static ReportTable clusters(Function<TableContract, Dataset<Row>> tables) {
    return few(
        withGroup(tables.apply(CustomerCards.TABLE)),
        List.of(
            CustomerCards.DEALER_ID,
            CustomerCards.CLUSTER_LABEL_EN,
            CustomerCards.CLUSTER_LABEL_ZH),
        List.of(CORE_COUNT),
        CustomerCards.NET_24M_AMOUNT);
  }

  private static ReportTable reasons(Function<TableContract, Dataset<Row>> tables) {
    return few(
        withGroup(tables.apply(WinbackList.TABLE)),
        List.of(WinbackList.DEALER_ID, WinbackList.REASON_CODE_1),
        List.of(CORE_COUNT, HELD_COUNT),
        WinbackList.SPEND_AT_RISK_AMOUNT);
  }

  /** Customers counted and an amount added up, the amount left out where they are few. */
  private static ReportTable few(
      Dataset<Row> customers, List<Field> by, List<Field> counts, Field amount) {
    List<Column> figures = new ArrayList<>();
    figures.add(count(lit(1)).as(CUSTOMERS_COUNT.name()));
    figures.add(when(count(lit(1)).geq(lit(FEW_CUSTOMERS)), sum(amount.col())).as(amount.name()));
    if (counts.contains(CORE_COUNT)) {
      figures.add(
          count_if(coalesce(CustomerCards.IS_CORE.col(), lit(false))).as(CORE_COUNT.name()));
    }
    if (counts.contains(HELD_COUNT)) {
      figures.add(count_if(not(WinbackList.MAY_CONTACT.col())).as(HELD_COUNT.name()));
    }
    Dataset<Row> groups =
        aggregated(customers.groupBy(by.stream().map(Field::col).toArray(Column[]::new)), figures);
    return ReportTable.collect(
        groups,
        Stream.of(by, List.of(CUSTOMERS_COUNT, amount), counts)
            .flatMap(List::stream)
            .toArray(Field[]::new));
  }

  /** The rows of each dealer, and all of them again under the group's name. */
  private static Dataset<Row> withGroup(Dataset<Row> table) {
    return table.unionByName(table.withColumn(DealerDays.DEALER_ID.name(), lit(GROUP)));
  }

  private static ReportTable dues(Function<TableContract, Dataset<Row>> tables, LocalDate asOf) {
    Dataset<Row> dues =
        tables
            .apply(ServiceDueList.TABLE)
            .withColumn(IS_OVERDUE.name(), ServiceDueList.DUE_ON.col().lt(lit(asOf)))
            .groupBy(
                ServiceDueList.DEALER_ID.col(),
                ServiceDueList.DUE_WEEK_ON.col(),
                ServiceDueList.DUE_BY.col(),
                IS_OVERDUE.col())
            .agg(
                count(lit(1)).as(VEHICLES_COUNT.name()),
                count_if(coalesce(ServiceDueList.IS_CORE.col(), lit(false))).as(CORE_COUNT.name()));
    return ReportTable.collect(
        dues,
        ServiceDueList.DEALER_ID,
        ServiceDueList.DUE_WEEK_ON,
        ServiceDueList.DUE_BY,
        IS_OVERDUE,
        VEHICLES_COUNT,
        CORE_COUNT);
  }

  private static ReportTable components(Function<TableContract, Dataset<Row>> tables) {
    return sums(
        withSpread(tables.apply(ComponentWatch.TABLE)),
        List.of(ComponentWatch.DEALER_ID, ComponentWatch.COMPONENT_CODE),
        watched());
  }

  /** Models and components furthest above the base rate: of each dealer, and of all together. */
  private static ReportTable weakSpots(
      Function<TableContract, Dataset<Row>> tables, List<String> shown) {
    List<Field> spot =
        List.of(ComponentWatch.DEALER_ID, ComponentWatch.MODEL, ComponentWatch.COMPONENT_CODE);
    Dataset<Row> watch = withSpread(tables.apply(ComponentWatch.TABLE));
    Dataset<Row> ofDealers = watch.where(ComponentWatch.DEALER_ID.col().isin(shown.toArray()));
    Dataset<Row> ofAll = watch.withColumn(ComponentWatch.DEALER_ID.name(), lit(GROUP));
    Column excess =
        ComponentWatch.EXPECTED_REPAIRS_90D_COUNT
            .col()
            .minus(ComponentWatch.NAIVE_REPAIRS_90D_COUNT.col());
    Dataset<Row> ranked =
        aggregated(
                ofDealers
                    .unionByName(ofAll)
                    .groupBy(spot.stream().map(Field::col).toArray(Column[]::new)),
                totals(watched()))
            .where(
                ComponentWatch.EXPECTED_REPAIRS_90D_COUNT
                    .col()
                    .gt(
                        ComponentWatch.NAIVE_REPAIRS_90D_COUNT
                            .col()
                            .multiply(lit(WEAK_FROM_RATIO))))
            .withColumn(
                ORDER_NO.name(),
                row_number()
                    .over(
                        Window.partitionBy(ComponentWatch.DEALER_ID.col())
                            .orderBy(
                                excess.desc(),
                                ComponentWatch.MODEL.col(),
                                ComponentWatch.COMPONENT_CODE.col())))
            .where(ORDER_NO.col().leq(lit(WEAK_SPOTS_MOST)));
    return ReportTable.collect(
        ranked,
        Stream.concat(
                Stream.of(ComponentWatch.DEALER_ID, ORDER_NO),
                Stream.concat(spot.subList(1, spot.size()).stream(), watched().stream()))
            .toArray(Field[]::new));
  }

  private static ReportTable technicians(Function<TableContract, Dataset<Row>> tables) {
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

  private static ReportTable techniciansFew(Function<TableContract, Dataset<Row>> tables) {
    return ReportTable.collect(
        tables
            .apply(TechnicianCards.TABLE)
            .where(TechnicianCards.JOBS_12M_COUNT.col().lt(lit(FEW_JOBS)))
            .groupBy(TechnicianCards.DEALER_ID.col())
            .agg(count(lit(1)).as(TECHNICIANS_COUNT.name())),
        TechnicianCards.DEALER_ID,
        TECHNICIANS_COUNT);
  }

  private static ReportTable benchmarks(
      Function<TableContract, Dataset<Row>> tables, List<String> shown) {
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

  private static ReportTable complaints(Function<TableContract, Dataset<Row>> tables) {
    Column hours = ComplaintBoard.AGE_HOURS.col();
    Dataset<Row> complaints =
        tables
            .apply(ComplaintBoard.TABLE)
            .withColumn(
                AGE_BAND.name(),
                when(hours.lt(lit(24)), lit("H24"))
                    .when(hours.lt(lit(48)), lit("H48"))
                    .when(hours.lt(lit(7 * 24)), lit("D7"))
                    .when(hours.lt(lit(30 * 24)), lit("D30"))
                    .otherwise(lit("OLDER")))
            .groupBy(
                ComplaintBoard.DEALER_ID.col(),
                ComplaintBoard.KIND.col(),
                ComplaintBoard.SEVERITY.col(),
                ComplaintBoard.STATE.col(),
                AGE_BAND.col())
            .agg(
                count(lit(1)).as(COMPLAINTS_COUNT.name()),
                max(hours).as(ComplaintBoard.AGE_HOURS.name()));
    return ReportTable.collect(
        complaints,
        ComplaintBoard.DEALER_ID,
        ComplaintBoard.KIND,
        ComplaintBoard.SEVERITY,
        ComplaintBoard.STATE,
        AGE_BAND,
        COMPLAINTS_COUNT,
        ComplaintBoard.AGE_HOURS);
  }

  private static ReportTable followUps(Function<TableContract, Dataset<Row>> tables) {
    Dataset<Row> duties =
        tables
            .apply(FollowUpBoard.TABLE)
            .withColumn(WEEK_ON.name(), date_trunc("WEEK", FollowUpBoard.DUE_ON.col()).cast("date"))
            .groupBy(
                FollowUpBoard.DEALER_ID.col(),
                WEEK_ON.col(),
                FollowUpBoard.TOUCH_NO.col(),
                FollowUpBoard.STATE.col())
            .agg(count(lit(1)).as(DUTIES_COUNT.name()));
    return ReportTable.collect(
        duties,
        FollowUpBoard.DEALER_ID,
        WEEK_ON,
        FollowUpBoard.TOUCH_NO,
        FollowUpBoard.STATE,
        DUTIES_COUNT);
  }

  private static ReportTable models(Function<TableContract, Dataset<Row>> tables) {
    return ReportTable.collect(
        tables.apply(ModelReport.TABLE),
        ModelReport.MODEL_NAME,
        ModelReport.METRIC,
        ModelReport.AS_OF,
        ModelReport.TRAIN_FROM_ON,
        ModelReport.TRAIN_UNTIL_ON,
        ModelReport.TEST_FROM_ON,
        ModelReport.TEST_UNTIL_ON,
        ModelReport.TRAIN_COUNT,
        ModelReport.TEST_COUNT,
        ModelReport.VALUE,
        ModelReport.VALUE_LOWER,
        ModelReport.VALUE_UPPER,
        ModelReport.NAIVE_VALUE,
        ModelReport.NAIVE_RULE,
        ModelReport.VERDICT,
        ModelReport.SPLIT);
  }

  private static ReportTable quality(Function<TableContract, Dataset<Row>> tables) {
    return ReportTable.collect(
        tables.apply(DataQuality.TABLE),
        DataQuality.SOURCE_ID,
        DataQuality.TARGET_TABLE,
        DataQuality.READ_COUNT,
        DataQuality.ACCEPTED_COUNT,
        DataQuality.REJECTED_COUNT,
        DataQuality.SUPERSEDED_COUNT,
        DataQuality.DUPLICATE_COUNT,
        DataQuality.BALANCE_COUNT,
        DataQuality.TOP_REASON);
  }

  private static ReportTable freshness(Function<TableContract, Dataset<Row>> tables) {
    return ReportTable.collect(
        tables
            .apply(Freshness.TABLE)
            .orderBy(
                Freshness.SILENT_DAYS.col().desc(), Freshness.DEALER_ID.col(), Freshness.FACT.col())
            .limit(FRESHNESS_MOST),
        Freshness.DEALER_ID,
        Freshness.FACT,
        Freshness.LAST_OCCURRED_ON,
        Freshness.SILENT_DAYS);
  }

  /** What was found of every expectation. */
  private static ReportTable expectations(Function<TableContract, Dataset<Row>> tables) {
    return ReportTable.collect(
        tables.apply(ExpectationResults.TABLE),
        ExpectationResults.TABLE_NAME,
        ExpectationResults.EXPECTATION,
        ExpectationResults.OUTCOME,
        ExpectationResults.MEASURED,
        ExpectationResults.WARN_ABOVE,
        ExpectationResults.DETAIL);
  }

  private static List<Field> ratioParts() {
    return AllKpis.RATIOS.stream().flatMap(kpi -> kpi.fields().stream()).toList();
  }

  private static List<Field> watched() {
    return List.of(
        ComponentWatch.VEHICLES_COUNT,
        ComponentWatch.EXPECTED_REPAIRS_90D_COUNT,
        ComponentWatch.NAIVE_REPAIRS_90D_COUNT,
        ComponentWatch.REPAIRS_12M_COUNT,
        SPREAD_SQUARED);
  }

  /** Spreads of independent sums add up squared; their upper ends do not add up at all. */
  private static Dataset<Row> withSpread(Dataset<Row> watch) {
    return watch.withColumn(
        SPREAD_SQUARED.name(),
        pow(
            ComponentWatch.EXPECTED_REPAIRS_90D_UPPER_COUNT
                .col()
                .minus(ComponentWatch.EXPECTED_REPAIRS_90D_COUNT.col()),
            lit(2)));
  }

  private static Dataset<Row> recent(Dataset<Row> table, Field month, LocalDate asOf) {
    LocalDate first = asOf.withDayOfMonth(1).minusMonths(MONTHS - 1L);
    return table.where(month.col().between(lit(first), lit(asOf)));
  }

  private static Dataset<Row> lumpOthers(Dataset<Row> table, List<String> shown) {
    Column dealer = DealerDays.DEALER_ID.col();
    return table.withColumn(
        DealerDays.DEALER_ID.name(),
        when(dealer.isin(shown.toArray()), dealer).otherwise(lit(OTHERS)));
  }

  private static ReportTable sums(Dataset<Row> table, List<Field> by, List<Field> summed) {
    Column[] keys = by.stream().map(Field::col).toArray(Column[]::new);
    return ReportTable.collect(
        aggregated(table.groupBy(keys), totals(summed)),
        Stream.concat(by.stream(), summed.stream()).toArray(Field[]::new));
  }

  private static List<Column> totals(List<Field> fields) {
    return fields.stream().map(field -> sum(field.col()).as(field.name())).toList();
  }

  private static Dataset<Row> aggregated(
      org.apache.spark.sql.RelationalGroupedDataset groups, List<Column> figures) {
    return groups.agg(figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new));
  }

  private static Column[] columns(Field[] fields, Column last) {
    return Stream.concat(Arrays.stream(fields).map(Field::col), Stream.of(last))
        .toArray(Column[]::new);
  }

  private static KeyFigure keyFigure(Kpi kpi) {
    Kpi.Card card = kpi.card();
    return new KeyFigure(
        card.name(),
        kpi.getClass().getSimpleName().toLowerCase(Locale.ROOT),
        card.labelEn(),
        card.labelZh(),
        card.unit(),
        card.direction().name(),
        card.target().orElse(null),
        card.meaning(),
        kpi instanceof Kpi.Ratio ratio
            && ratio.numerator().type().equals(Columns.LONG)
            && ratio.denominator().type().equals(Columns.LONG),
        kpi.fields().stream().map(Field::name).toList());
  }

  private static Field number(String name, String labelEn, String labelZh) {
    return derived(name, Columns.LONG, labelEn, labelZh);
  }

  private static Field decimal(String name, String labelEn, String labelZh) {
    return derived(name, Columns.DOUBLE, labelEn, labelZh);
  }

  private static Field bool(String name, String labelEn, String labelZh) {
    return derived(name, Columns.BOOL, labelEn, labelZh);
  }

  private static Field text(String name, String labelEn, String labelZh) {
    return derived(name, Columns.STRING, labelEn, labelZh);
  }

  private static Field derived(String name, DataType type, String labelEn, String labelZh) {
    return new Field(name, type, true, labelEn, labelZh, "Of the report.");
  }
}
