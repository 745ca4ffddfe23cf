package io.servicelake.ml.attrition;

import static io.servicelake.contract.feature.CustomerSnapshots.*;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Reads histories from rows of feature.customer_snapshots. */
final class HistoryColumns {
  /** A history as one column. */
  static final Field HISTORY =
      new Field("history", Columns.STRING, false, "History", "历史", "While reckoning.");

  private static final double LEAST_KM_PER_DAY = 1;
  private static final double LEAST_INTERVAL_DAYS = 30;
  private static final double LEAST_INTERVAL_KM = 1_000;

  private HistoryColumns() {}

  /** The struct that {@link #read} takes. */
  static Column history() {
    List<Column> columns =
        new ArrayList<>(List.of(day(SNAPSHOT_ON.col()).as(SNAPSHOT_ON.name()), DISTANCE_KM.col()));
    for (Field dates :
        List.of(AGGRIEVED_ON, HELD_SINCE_ON, HELD_SOLD_ON, HELD_WARRANTY_UNTIL_ON, HISTORY_ON)) {
      columns.add(functions.transform(dates.col(), HistoryColumns::day).as(dates.name()));
    }
    for (Field values :
        List.of(
            HELD_INTERVAL_MONTHS,
            HELD_INTERVAL_KM,
            HELD_KM_PER_DAY,
            HISTORY_VEHICLE_NO,
            HISTORY_PURPOSE,
            HISTORY_ODOMETER_KM,
            HISTORY_CUSTOMER_PAY_AMOUNT_MINOR)) {
      columns.add(values.col());
    }
    return functions.struct(columns.toArray(Column[]::new));
  }

  private static Column day(Column date) {
    return functions.unix_date(date);
  }

  /**
   * The history in a struct.
   *
   * @param largeBillMinor own pay of a visit day from which it is a large bill, hundredths;
   *     accidents aside
   */
  static PersonHistory read(Row row, double largeBillMinor) {
    List<Integer> since = list(row, HELD_SINCE_ON);
    List<Integer> sold = list(row, HELD_SOLD_ON);
    List<Integer> warranty = list(row, HELD_WARRANTY_UNTIL_ON);
    List<Integer> months = list(row, HELD_INTERVAL_MONTHS);
    List<Integer> km = list(row, HELD_INTERVAL_KM);
    List<Double> kmPerDay = list(row, HELD_KM_PER_DAY);
    List<Integer> on = list(row, HISTORY_ON);
    List<Integer> vehicleNos = list(row, HISTORY_VEHICLE_NO);
    List<String> purposes = list(row, HISTORY_PURPOSE);
    List<Integer> odometerKm = list(row, HISTORY_ODOMETER_KM);
    List<VehicleHistory> vehicles = new ArrayList<>();
    for (int i = 0; i < since.size(); i++) {
      int no = i + 1;
      int[] its =
          IntStream.range(0, on.size()).filter(visit -> vehicleNos.get(visit) == no).toArray();
      vehicles.add(
          new VehicleHistory(
              since.get(i),
              sold.get(i),
              warranty.get(i),
              Math.max(LEAST_INTERVAL_DAYS, months.get(i) * Cells.DAYS_PER_YEAR / 12),
              Math.max(LEAST_INTERVAL_KM, km.get(i)),
              Math.max(LEAST_KM_PER_DAY, kmPerDay.get(i)),
              IntStream.of(its).map(on::get).toArray(),
              IntStream.of(its)
                  .mapToObj(visit -> Purpose.valueOf(purposes.get(visit)))
                  .toArray(Purpose[]::new),
              IntStream.of(its).map(odometerKm::get).toArray()));
    }
    return new PersonHistory(
        row.getAs(SNAPSHOT_ON.name()),
        vehicles,
        HistoryColumns.<Integer>list(row, AGGRIEVED_ON).stream()
            .mapToInt(Integer::intValue)
            .toArray(),
        billedDays(on, purposes, list(row, HISTORY_CUSTOMER_PAY_AMOUNT_MINOR), largeBillMinor),
        row.getAs(DISTANCE_KM.name()));
  }

  private static int[] billedDays(
      List<Integer> on, List<String> purposes, List<Long> payMinor, double largeBillMinor) {
    Map<Integer, Long> byDay = new TreeMap<>();
    for (int visit = 0; visit < on.size(); visit++) {
      if (payMinor.get(visit) > 0 && !purposes.get(visit).equals(Purpose.ACCIDENT.name())) {
        byDay.merge(on.get(visit), payMinor.get(visit), Long::sum);
      }
    }
    return byDay.entrySet().stream()
        .filter(bill -> bill.getValue() >= largeBillMinor)
        .mapToInt(Map.Entry::getKey)
        .toArray();
  }

  private static <T> List<T> list(Row row, Field field) {
    return row.getList(row.fieldIndex(field.name()));
  }
}
