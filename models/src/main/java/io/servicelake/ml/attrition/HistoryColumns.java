package io.servicelake.ml.attrition;

import static io.servicelake.contract.feature.CustomerSnapshots.*;
import static org.apache.spark.sql.functions.coalesce;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import java.util.ArrayList;
import java.util.List;
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
  private static final double DAYS_PER_MONTH = 30.4375;

  private HistoryColumns() {}

  /** The struct that {@link #read} takes. */
  static Column history() {
    return functions.struct(
        functions.unix_date(SNAPSHOT_ON.col()),
        DISTANCE_KM.col(),
        days(AGGRIEVED_ON),
        days(HELD_SINCE_ON),
        days(HELD_SOLD_ON),
        days(HELD_WARRANTY_UNTIL_ON),
        orNone(HELD_INTERVAL_MONTHS),
        orNone(HELD_INTERVAL_KM),
        orNone(HELD_KM_PER_DAY),
        days(HISTORY_ON),
        orNone(HISTORY_VEHICLE_NO),
        orNone(HISTORY_PURPOSE),
        orNone(HISTORY_ODOMETER_KM));
  }

  private static Column days(Field dates) {
    return coalesce(
        functions.transform(dates.col(), functions::unix_date),
        functions.array().cast("array<int>"));
  }

  private static Column orNone(Field array) {
    return coalesce(array.col(), functions.array().cast(array.type()));
  }

  /** The history in a struct. */
  static PersonHistory read(Row row) {
    List<Integer> since = row.getList(3);
    List<Integer> sold = row.getList(4);
    List<Integer> warranty = row.getList(5);
    List<Integer> months = row.getList(6);
    List<Integer> km = row.getList(7);
    List<Double> kmPerDay = row.getList(8);
    List<VehicleHistory> vehicles = new ArrayList<>();
    for (int no = 1; no <= since.size(); no++) {
      Visits visits = Visits.of(row, no);
      double perDay = kmPerDay.get(no - 1);
      vehicles.add(
          new VehicleHistory(
              since.get(no - 1),
              sold.get(no - 1),
              warranty.get(no - 1),
              Math.max(LEAST_INTERVAL_DAYS, months.get(no - 1) * DAYS_PER_MONTH),
              Math.max(LEAST_INTERVAL_KM, km.get(no - 1)),
              Math.max(perDay, LEAST_KM_PER_DAY),
              visits.days,
              visits.purposes,
              visits.km));
    }
    return new PersonHistory(
        row.getInt(0),
        vehicles,
        row.<Integer>getList(2).stream().mapToInt(Integer::intValue).toArray(),
        row.isNullAt(1) ? null : row.getDouble(1));
  }

  /** The visits of one vehicle. */
  private record Visits(int[] days, Purpose[] purposes, int[] km) {
    static Visits of(Row row, int vehicleNo) {
      List<Integer> on = row.getList(9);
      List<Integer> vehicleNos = row.getList(10);
      List<String> purposes = row.getList(11);
      List<Integer> km = row.getList(12);
      List<Integer> its = new ArrayList<>();
      for (int i = 0; i < on.size(); i++) {
        if (vehicleNos.get(i) == vehicleNo) {
          its.add(i);
        }
      }
      return new Visits(
          its.stream().mapToInt(on::get).toArray(),
          its.stream().map(i -> Purpose.valueOf(purposes.get(i))).toArray(Purpose[]::new),
          its.stream().mapToInt(km::get).toArray());
    }
  }
}
