package io.servicelake.ml.churn;

import io.servicelake.ml.TrainedModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What churn learns from.
 *
 * @param snapshots feature.customer_snapshots
 * @param identities silver.customer_identities
 * @param visits gold.service_visits
 * @param incumbent model in use before the training; null if none was
 * @param segments model that tells core from general customers, for the figures by segment; null to
 *     leave them out
 */
public record ChurnInputs(
    Dataset<Row> snapshots,
    Dataset<Row> identities,
    Dataset<Row> visits,
    Incumbent incumbent,
    TrainedModel segments) {

  /** The kind of an outcome in use: logistic regression where none is. */
  ChurnKind kindInUse(String outcome) {
    return incumbent == null || incumbent.model() == null
        ? ChurnKind.LOGISTIC
        : incumbent.model().kinds().getOrDefault(outcome, ChurnKind.LOGISTIC);
  }
}
