package io.servicelake.transform.decision;

import static io.servicelake.contract.Columns.INT;
import static io.servicelake.contract.Columns.STRING;
import static io.servicelake.contract.Columns.STRINGS;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * One contact of a cadence profile.
 *
 * @param cadence name of the profile
 * @param touchNo counted from 1
 * @param channel PHONE, SMS, APP or LETTER
 * @param fromDays days after delivery from which it may be made
 * @param toDays days after delivery by which it should be made
 * @param audiences whom it is for; one that fits suffices
 */
public record Touch(
    String cadence,
    int touchNo,
    String channel,
    int fromDays,
    int toDays,
    List<Audience> audiences) {

  /** Visits a touch is made for. */
  public enum Audience {
    /** Every visit. */
    ALL,
    /** Visits from an amount on. */
    HIGH_VALUE,
    /** Visits with repair or accident work. */
    COMPLEX,
    /** Visits of core customers. */
    CORE
  }

  private static final StructType SCHEMA =
      new StructType()
          .add("cadence", STRING, false)
          .add("touch_no", INT, false)
          .add("channel", STRING, false)
          .add("from_days", INT, false)
          .add("to_days", INT, false)
          .add("audiences", STRINGS, false);

  static Dataset<Row> rows(SparkSession session, List<Touch> touches) {
    return session.createDataFrame(
        touches.stream()
            .map(
                touch ->
                    RowFactory.create(
                        touch.cadence(),
                        touch.touchNo(),
                        touch.channel(),
                        touch.fromDays(),
                        touch.toDays(),
                        touch.audiences().stream().map(Audience::name).toList()))
            .toList(),
        SCHEMA);
  }
}
