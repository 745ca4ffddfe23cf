package io.servicelake.ml.technicians;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.gold.VisitJobs;
import io.servicelake.ml.FixedOrder;
import io.servicelake.ml.Snapshots;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Repair jobs of a time added up by technician, component and half (by hash of the repair order).
 * Hours are added as decimals: the sums are exact in any order.
 */
final class JobSums {
  private static final int HALVES = 2;
  private static final DataType HOURS = DataTypes.createDecimalType(12, 4);
  private static final Field HALF =
      new Field("half", Columns.INT, false, "Half", "半", "0 or 1, by hash of the repair order.");

  /** Sums of one technician's jobs on one component in one half. */
  private record Cell(
      String technician,
      String component,
      int half,
      double jobs,
      double matured,
      double comebacks,
      double clocked,
      double flat,
      double clockedSquares,
      double flatSquares,
      double products) {}

  /** What is observed of a technician beside what the case mix leads one to expect. */
  record Ratio(double observed, double expected) {
    double value() {
      return observed / expected;
    }
  }

  private final List<Cell> cells;
  private final Map<String, Double> clockedPerFlat = new HashMap<>();
  private final Map<String, Double> comebackRate = new HashMap<>();

  private JobSums(List<Cell> cells) {
    this.cells = cells;
    clockedPerFlat.putAll(rates(Cell::clocked, Cell::flat));
    comebackRate.putAll(rates(Cell::comebacks, Cell::matured));
  }

  /**
   * Jobs delivered after one day and up to another; outcomes count where they have matured by a
   * third.
   */
  static JobSums of(Dataset<Row> jobs, LocalDate after, LocalDate until, LocalDate maturedBy) {
    Column clocked = VisitJobs.CLOCKED_HOURS.col().cast(HOURS);
    Column flat = VisitJobs.FLAT_RATE_HOURS.col().cast(HOURS);
    Column isMatured = VisitJobs.MATURES_ON.col().leq(Snapshots.date(maturedBy));
    List<Row> rows =
        jobs.where(
                VisitJobs.TECHNICIAN_ID
                    .col()
                    .isNotNull()
                    .and(VisitJobs.DELIVERED_ON.col().gt(Snapshots.date(after)))
                    .and(VisitJobs.DELIVERED_ON.col().leq(Snapshots.date(until))))
            .groupBy(
                VisitJobs.TECHNICIAN_ID.col(),
                VisitJobs.COMPONENT_CODE.col(),
                FixedOrder.bucket(HALVES, VisitJobs.REPAIR_ORDER_ID.col())
                    .cast(Columns.INT)
                    .as(HALF.name()))
            .agg(
                functions.count(functions.lit(1)),
                functions.count(functions.when(isMatured, 1)),
                functions.count(functions.when(isMatured.and(VisitJobs.IS_COMEBACK.col()), 1)),
                functions.sum(clocked),
                functions.sum(flat),
                functions.sum(clocked.multiply(clocked)),
                functions.sum(flat.multiply(flat)),
                functions.sum(clocked.multiply(flat)))
            .orderBy(VisitJobs.TECHNICIAN_ID.col(), VisitJobs.COMPONENT_CODE.col(), HALF.col())
            .collectAsList();
    List<Cell> cells = new ArrayList<>();
    for (Row row : rows) {
      cells.add(
          new Cell(
              row.getString(0),
              row.getString(1),
              row.getInt(2),
              row.getLong(3),
              row.getLong(4),
              row.getLong(5),
              number(row.getDecimal(6)),
              number(row.getDecimal(7)),
              number(row.getDecimal(8)),
              number(row.getDecimal(9)),
              number(row.getDecimal(10))));
    }
    return new JobSums(cells);
  }

  boolean isEmpty() {
    return cells.isEmpty();
  }

  /** Clocked over expected hours of each technician; half -1 for both. */
  Map<String, Ratio> time(int half) {
    return ratios(half, Cell::clocked, cell -> cell.flat() * clockedPerFlat.get(cell.component()));
  }

  /** Comebacks over expected ones of each technician; half -1 for both. */
  Map<String, Ratio> comebacks(int half) {
    return ratios(
        half, Cell::comebacks, cell -> cell.matured() * comebackRate.get(cell.component()));
  }

  /** Jobs of each technician. */
  Map<String, Double> jobs() {
    Map<String, Double> jobs = new TreeMap<>();
    cells.forEach(cell -> jobs.merge(cell.technician(), cell.jobs(), Double::sum));
    return jobs;
  }

  /**
   * Variance by chance of one job's clocked over expected hours: squared residuals about each
   * technician's own ratio, pooled.
   */
  double jobVariance() {
    Map<String, Ratio> own = time(-1);
    Map<String, Double> jobs = jobs();
    Map<String, Double> residuals = new TreeMap<>();
    for (Cell cell : cells) {
      double expectedPerFlat = clockedPerFlat.get(cell.component());
      double ratio = own.get(cell.technician()).value();
      double slope = Double.isFinite(ratio) ? ratio * expectedPerFlat : 0;
      double squares =
          cell.clockedSquares() - 2 * slope * cell.products() + slope * slope * cell.flatSquares();
      residuals.merge(cell.technician(), Math.max(squares, 0), Double::sum);
    }
    double sum = 0;
    double weight = 0;
    for (Map.Entry<String, Double> entry : residuals.entrySet()) {
      double count = jobs.get(entry.getKey());
      double expected = own.get(entry.getKey()).expected();
      if (count > 1 && expected > 0) {
        double ofMean = entry.getValue() / (expected * expected) * count / (count - 1);
        sum += count * count * ofMean;
        weight += count;
      }
    }
    return weight == 0 ? 0 : sum / weight;
  }

  private Map<String, Ratio> ratios(
      int half, ToDoubleFunction<Cell> observed, ToDoubleFunction<Cell> expected) {
    Map<String, Ratio> ratios = new TreeMap<>();
    for (Cell cell : cells) {
      if (half < 0 || cell.half() == half) {
        ratios.merge(
            cell.technician(),
            new Ratio(observed.applyAsDouble(cell), expected.applyAsDouble(cell)),
            (a, b) -> new Ratio(a.observed() + b.observed(), a.expected() + b.expected()));
      }
    }
    return ratios;
  }

  private Map<String, Double> rates(ToDoubleFunction<Cell> above, ToDoubleFunction<Cell> below) {
    Map<String, double[]> sums = new TreeMap<>();
    for (Cell cell : cells) {
      double[] sum = sums.computeIfAbsent(cell.component(), key -> new double[2]);
      sum[0] += above.applyAsDouble(cell);
      sum[1] += below.applyAsDouble(cell);
    }
    Map<String, Double> rates = new TreeMap<>();
    sums.forEach((component, sum) -> rates.put(component, sum[1] == 0 ? 0 : sum[0] / sum[1]));
    return rates;
  }

  private static double number(BigDecimal value) {
    return value == null ? 0 : value.doubleValue();
  }
}
