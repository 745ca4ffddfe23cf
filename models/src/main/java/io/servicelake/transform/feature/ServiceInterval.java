package io.servicelake.transform.feature;

import static io.servicelake.contract.Columns.INT;
import static io.servicelake.contract.Columns.STRING;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Service interval of vehicles whose maker's is not known.
 *
 * @param model the model, or {@link #ANY} for those without a row of their own
 * @param powertrain ICE, HEV, PHEV, BEV, or {@link #ANY} for those without a row of their own
 * @param months whichever comes first
 * @param km whichever comes first
 */
public record ServiceInterval(String model, String powertrain, int months, int km) {
  /** Stands for every model or powertrain, and for vehicles of which it is not known. */
  public static final String ANY = "*";

  private static final StructType SCHEMA =
      new StructType()
          .add("model", STRING, false)
          .add("powertrain", STRING, false)
          .add("interval_months", INT, false)
          .add("interval_km", INT, false);

  static Dataset<Row> rows(SparkSession session, List<ServiceInterval> intervals) {
    if (intervals.stream()
        .noneMatch(one -> one.model().equals(ANY) && one.powertrain().equals(ANY))) {
      throw new IllegalArgumentException(
          "Cannot snapshot vehicles: service intervals are given for %s only. A vehicle may have another powertrain, or none known. Add an interval for \"%s\"."
              .formatted(
                  intervals.stream().map(ServiceInterval::powertrain).distinct().toList(), ANY));
    }
    return session.createDataFrame(
        intervals.stream()
            .map(one -> RowFactory.create(one.model(), one.powertrain(), one.months(), one.km()))
            .toList(),
        SCHEMA);
  }
}
