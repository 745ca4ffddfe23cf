package io.servicelake.kpi;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import org.apache.spark.sql.types.DataType;

/**
 * An additive sum over one fact: it may be added up over days, dealers and regions.
 *
 * @param fact the table it is summed over; it has a {@code dealer_id}
 * @param day the column that says which day a row counts on
 * @param expression SQL aggregate over the fact's columns
 * @param type LONG for counts, MONEY in units of the currency, HOURS
 */
public record Part(TableContract fact, Field day, String expression, DataType type) {
  public Part {
    if (!fact.fields().contains(day)) {
      throw new IllegalArgumentException(
          "Cannot define a KPI part on %s: it has no column %s. The day must be one of the fact's. Name another."
              .formatted(fact.id(), day.name()));
    }
  }
}
