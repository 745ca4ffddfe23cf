package io.servicelake.ml.campaign;

import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LinearTerm;
import io.servicelake.ml.linear.LogisticModel;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * What an offer is expected to add to a customer's probability of a visit.
 *
 * @param treated probability if offered; null for the transformed outcome
 * @param control probability if not; null for the transformed outcome
 * @param difference uplift by regression; null for the two models
 */
public record UpliftModel(
    UpliftKind kind, LogisticModel treated, LogisticModel control, LinearModel difference) {

  /** Uplift of a row, rounded to 6 digits. */
  public Column uplift(List<FeatureColumn> features) {
    List<String> wanted =
        (kind == UpliftKind.TWO_MODEL ? treated.terms() : difference.terms())
            .stream().map(LinearTerm::name).toList();
    List<String> given = features.stream().map(FeatureColumn::name).toList();
    if (!wanted.equals(given)) {
      throw new IllegalArgumentException(
          "Cannot score uplift: the model has features %s, the code gives %s. The model is of another version. Train it again."
              .formatted(wanted, given));
    }
    Column uplift =
        kind == UpliftKind.TWO_MODEL
            ? treated.probability(features).minus(control.probability(features))
            : difference.value(features);
    return functions.round(uplift, 6);
  }
}
