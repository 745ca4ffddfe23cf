package io.servicelake.ml.churn;

import static io.servicelake.contract.feature.CustomerSnapshots.*;
import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.ml.Snapshots;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * How often vehicles come for maintenance, by where they stand on the maker's clock: an actuarial
 * life table (Cutler & Ederer 1958) over months of vehicles held. Cells with few months lean on
 * those of all ages.
 *
 * @param rates maintenance visits per round of the clock; the cell of age class a and clock cell c
 *     stands at a · {@value #CELLS} + c
 */
public record ServiceLifeTable(List<Double> rates) {
  /** Clock cells of a twentieth of a round; the last one holds all from four rounds on. */
  static final int CELLS = 81;

  private static final double CELL_ROUNDS = 0.05;

  /** In warranty; then below 5, below 8 and from 8 years on. */
  private static final int CLASSES = 4;

  private static final int MIDDLE_AGE_MONTHS = 60;
  private static final int OLD_MONTHS = 96;
  private static final int MONTH_DAYS = 30;

  /** Months of vehicles that a cell leans on all ages with. */
  private static final double PRIOR_MONTHS = 50;

  private static final int LEAST_ROUND_DAYS = 30;
  private static final int LONGEST_ROUND_DAYS = 1000;

  private static final Field ROUND_DAYS = part("round_days", Columns.DOUBLE);
  private static final Field AGE_CLASS = part("age_class", Columns.INT);
  private static final Field CELL = part("cell", Columns.INT);
  private static final Field CAME = part("came", Columns.DATE);
  private static final Field VISITS = part("visits", Columns.DOUBLE);
  private static final Field MONTHS = part("months", Columns.LONG);

  /** A vehicle held, as columns. */
  private record Clock(Column from, Column due, Column soldOn, Column warrantyUntilOn) {
    static Clock of(Function<Field, Column> column) {
      return new Clock(
          column.apply(HELD_CLOCK_FROM_ON),
          column.apply(HELD_MAKER_DUE_ON),
          column.apply(HELD_SOLD_ON),
          column.apply(HELD_WARRANTY_UNTIL_ON));
    }

    Column roundDays() {
      return ChurnFeatures.clamp(
          ChurnFeatures.days(due, from), LEAST_ROUND_DAYS, LONGEST_ROUND_DAYS);
    }

    Column cell(Column on) {
      Column rounds = ChurnFeatures.days(on, from).divide(roundDays());
      return ChurnFeatures.clamp(floor(rounds.divide(CELL_ROUNDS)), 0, CELLS - 1.0)
          .cast(Columns.INT);
    }

    Column ageClass(Column on) {
      return when(warrantyUntilOn.geq(on), 0)
          .when(add_months(soldOn, MIDDLE_AGE_MONTHS).gt(on), 1)
          .when(add_months(soldOn, OLD_MONTHS).gt(on), 2)
          .otherwise(3);
    }
  }

  /**
   * Counts what came in the month after each snapshot.
   *
   * @param snapshots rows of feature.customer_snapshots of month ends, each a month before the last
   *     day or more
   * @param visits gold.service_visits
   * @param until last day of visits that count
   */
  static ServiceLifeTable fit(Dataset<Row> snapshots, Dataset<Row> visits, LocalDate until) {
    Column held =
        functions.arrays_zip(
            HELD_VEHICLE_IDS.col(),
            HELD_CLOCK_FROM_ON.col(),
            HELD_MAKER_DUE_ON.col(),
            HELD_SOLD_ON.col(),
            HELD_WARRANTY_UNTIL_ON.col());
    Clock clock = Clock.of(Field::col);
    Column middle = date_add(SNAPSHOT_ON.col(), MONTH_DAYS / 2);
    Dataset<Row> vehicles =
        snapshots
            .select(SNAPSHOT_ON.col(), functions.inline(held))
            .select(
                SNAPSHOT_ON.col(),
                HELD_VEHICLE_IDS.col(),
                clock.roundDays().as(ROUND_DAYS.name()),
                clock.ageClass(middle).as(AGE_CLASS.name()),
                clock.cell(middle).as(CELL.name()));
    Dataset<Row> came =
        visits
            .where(
                ServiceVisits.IS_MAINTENANCE
                    .col()
                    .and(ServiceVisits.VEHICLE_ID.col().isNotNull())
                    .and(ServiceVisits.VISIT_ON.col().leq(Snapshots.date(until))))
            .select(
                ServiceVisits.VEHICLE_ID.col().as(HELD_VEHICLE_IDS.name()),
                ServiceVisits.VISIT_ON.col().as(CAME.name()),
                functions
                    .explode(monthEndsBefore(ServiceVisits.VISIT_ON.col()))
                    .as(SNAPSHOT_ON.name()));
    List<Row> cells =
        vehicles
            .join(came, new String[] {HELD_VEHICLE_IDS.name(), SNAPSHOT_ON.name()}, "left")
            .groupBy(
                SNAPSHOT_ON.col(),
                HELD_VEHICLE_IDS.col(),
                ROUND_DAYS.col(),
                AGE_CLASS.col(),
                CELL.col())
            .agg(max(CAME.col()).as(CAME.name()))
            .groupBy(AGE_CLASS.col(), CELL.col())
            .agg(
                functions
                    .round(
                        sum(when(CAME.col().isNotNull(), ROUND_DAYS.col()).otherwise(0.0))
                            .divide(MONTH_DAYS),
                        6)
                    .as(VISITS.name()),
                count(lit(1)).as(MONTHS.name()))
            .collectAsList();
    double[] visitsByCell = new double[CLASSES * CELLS];
    double[] monthsByCell = new double[CLASSES * CELLS];
    for (Row cell : cells) {
      int at = cell.getInt(0) * CELLS + cell.getInt(1);
      visitsByCell[at] = cell.getDouble(2);
      monthsByCell[at] = cell.getLong(3);
    }
    return new ServiceLifeTable(smoothed(visitsByCell, monthsByCell));
  }

  /** The month ends whose month a visit falls into. */
  private static Column monthEndsBefore(Column visitOn) {
    Column last = functions.last_day(add_months(visitOn, -1));
    Column before = functions.last_day(add_months(visitOn, -2));
    return functions.filter(
        functions.array(last, before),
        monthEnd -> functions.datediff(visitOn, monthEnd).leq(MONTH_DAYS));
  }

  private static List<Double> smoothed(double[] visits, double[] months) {
    List<Double> rates = new ArrayList<>();
    for (int at = 0; at < visits.length; at++) {
      double allVisits = 0;
      double allMonths = 0;
      for (int other = at % CELLS; other < visits.length; other += CELLS) {
        allVisits += visits[other];
        allMonths += months[other];
      }
      double all = allVisits / Math.max(1, allMonths);
      double rate = (visits[at] + PRIOR_MONTHS * all) / (months[at] + PRIOR_MONTHS);
      rates.add(Math.rint(rate * 1e6) / 1e6);
    }
    return rates;
  }

  /**
   * Maintenance visits expected of all vehicles a person holds, as of a snapshot.
   *
   * @param days length of the window after the snapshot
   */
  Column expected(int days) {
    Column held =
        functions.arrays_zip(
            HELD_CLOCK_FROM_ON.col(),
            HELD_MAKER_DUE_ON.col(),
            HELD_SOLD_ON.col(),
            HELD_WARRANTY_UNTIL_ON.col());
    return aggregate(
        coalesce(held, functions.array()),
        lit(0.0),
        (visits, vehicle) ->
            visits.plus(expectedOf(Clock.of(field -> vehicle.getField(field.name())), days)));
  }

  private Column expectedOf(Clock clock, int days) {
    int steps = Math.max(1, Math.round((float) days / MONTH_DAYS));
    double step = (double) days / steps;
    Column table = lit(rates.stream().mapToDouble(Double::doubleValue).toArray());
    Column visits = lit(0.0);
    for (int i = 0; i < steps; i++) {
      Column middle = date_add(SNAPSHOT_ON.col(), (int) Math.round((i + 0.5) * step));
      Column at = clock.ageClass(middle).multiply(CELLS).plus(clock.cell(middle)).plus(1);
      visits = visits.plus(element_at(table, at).multiply(step));
    }
    return visits.divide(clock.roundDays());
  }

  private static Field part(String name, org.apache.spark.sql.types.DataType type) {
    return new Field(name, type, true, name, name, "While counting.");
  }
}
