package io.servicelake.campaign;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a campaign is decided from.
 *
 * @param snapshots latest row per person of feature.customer_snapshots
 * @param holds what stands against contacting them, of {@link
 *     io.servicelake.transform.decision.ContactHolds}
 * @param staff current silver.staff
 * @param candidates decision.winback_candidates held
 */
public record WinbackInputs(
    Dataset<Row> churnScores,
    Dataset<Row> snapshots,
    Dataset<Row> holds,
    Dataset<Row> segments,
    Dataset<Row> values,
    Dataset<Row> identities,
    Dataset<Row> visits,
    Dataset<Row> staff,
    Dataset<Row> candidates) {}
