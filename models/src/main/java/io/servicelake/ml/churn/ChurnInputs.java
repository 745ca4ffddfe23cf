package io.servicelake.ml.churn;

import io.servicelake.ml.TrainedModel;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What churn learns from.
 *
 * @param snapshots feature.customer_snapshots
 * @param identities silver.customer_identities
 * @param visits gold.service_visits
 * @param inUse kind of model in use by name of the outcome; logistic regression where missing
 * @param segments model that tells core from general customers, for the figures by segment; null to
 *     leave them out
 */
public record ChurnInputs(
    Dataset<Row> snapshots,
    Dataset<Row> identities,
    Dataset<Row> visits,
    Map<String, ChurnKind> inUse,
    TrainedModel segments) {}
