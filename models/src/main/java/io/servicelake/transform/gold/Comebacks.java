package io.servicelake.transform.gold;

import io.servicelake.contract.gold.VisitVersions;
import io.servicelake.transform.SqlTransform;
import java.time.ZoneId;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Repair visits whose vehicle came back: a later order received on the day of delivery or within 30
 * days after it that repairs the same component or names the same concern. Every pair carries the
 * span of time in which both sides stood as they do, so that it can be read as of a day.
 *
 * <p>Touch key: {@code vehicle_id}.
 */
public final class Comebacks {
  /** A return on this day after delivery still counts; the outcome of a job is open until then. */
  public static final int WINDOW_DAYS = 30;

  private Comebacks() {}

  /**
   * One row per visit, comeback and span: repair_order_id, delivered_on, comeback_repair_order_id,
   * comeback_received_at, same_components, is_same_concern, known_at, superseded_at.
   */
  public static Dataset<Row> compute(Dataset<Row> visitVersions, ZoneId zone) {
    return SqlTransform.of("gold/comebacks.sql")
        .reading(VisitVersions.TABLE, visitVersions)
        .with("zone", zone.getId())
        .with("days", WINDOW_DAYS)
        .rows();
  }
}
