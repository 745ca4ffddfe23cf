package io.servicelake.ml.attrition;

import io.servicelake.contract.feature.CustomerSnapshots;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The history of one vehicle held in a row of feature.customer_snapshots: interval six months, 30
 * km a day, no reading, warranty of three years.
 *
 * @param id the vehicle's
 * @param intervalKm the maker's
 * @param on days of the visits, the first one first
 * @param purposes what they were for
 * @param payMinor own pay
 * @param aggrieved days on which something went wrong
 */
public record OneVehicle(
    String id,
    LocalDate sold,
    int intervalKm,
    List<LocalDate> on,
    List<String> purposes,
    List<Long> payMinor,
    List<LocalDate> aggrieved) {

  /** One never billed. */
  public OneVehicle(
      String id,
      LocalDate sold,
      int intervalKm,
      List<LocalDate> on,
      List<String> purposes,
      List<LocalDate> aggrieved) {
    this(id, sold, intervalKm, on, purposes, Collections.nCopies(on.size(), 0L), aggrieved);
  }

  /** Its columns, and others beside them: field, value, field, value. */
  public Object[] with(Object... fieldsAndValues) {
    Object[] columns = {
      CustomerSnapshots.HELD_VEHICLE_IDS, List.of(id),
      CustomerSnapshots.HELD_SINCE_ON, List.of(on.get(0)),
      CustomerSnapshots.HELD_SOLD_ON, List.of(sold),
      CustomerSnapshots.HELD_WARRANTY_UNTIL_ON, List.of(sold.plusYears(3)),
      CustomerSnapshots.HELD_INTERVAL_MONTHS, List.of(6),
      CustomerSnapshots.HELD_INTERVAL_KM, List.of(intervalKm),
      CustomerSnapshots.HELD_KM_PER_DAY, List.of(30.0),
      CustomerSnapshots.HISTORY_ON, on,
      CustomerSnapshots.HISTORY_VEHICLE_NO, Collections.nCopies(on.size(), 1),
      CustomerSnapshots.HISTORY_PURPOSE, purposes,
      CustomerSnapshots.HISTORY_ODOMETER_KM, Collections.nCopies(on.size(), -1),
      CustomerSnapshots.HISTORY_CUSTOMER_PAY_AMOUNT_MINOR, payMinor,
      CustomerSnapshots.AGGRIEVED_ON, aggrieved
    };
    return Stream.concat(Arrays.stream(columns), Arrays.stream(fieldsAndValues)).toArray();
  }
}
