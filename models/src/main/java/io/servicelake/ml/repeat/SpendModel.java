package io.servicelake.ml.repeat;

import io.servicelake.ml.Fit;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A fitted Gamma-Gamma model of the value of a visit (Fader & Hardie 2013).
 *
 * @param payingShare share of the customers with repeats whose repeats had a value, above 0 to 1
 */
public record SpendModel(Estimate estimate, double payingShare) implements Serializable {

  public SpendModel {
    if (!(payingShare > 0 && payingShare <= 1)) {
      throw new IllegalArgumentException("share of paying customers is " + payingShare);
    }
  }

  /**
   * Fits on histories as {@link Histories} makes them: customers with repeats and a mean value
   * above 0, the others do not fit the model.
   */
  public static Fit<SpendModel> fit(Dataset<Row> histories, FitSettings settings) {
    Dataset<Row> repeaters = histories.where(Histories.REPEAT_COUNT.col().gt(0));
    Dataset<Row> spenders = repeaters.where(Histories.MEAN_VALUE.col().gt(0));
    try (FoldedRows rows =
        new FoldedRows(
            spenders,
            settings.partitions(),
            Histories.REPEAT_COUNT,
            List.of(Histories.MEAN_VALUE))) {
      if (rows.customers() < settings.minRepeaters()) {
        return new Fit.Refused<>(
            "Gamma-Gamma: %.0f customers with a repeat visit of some value, %d needed"
                .formatted(rows.customers(), settings.minRepeaters()));
      }
      Fit<Estimate> fit =
          MaximumLikelihood.fit(
                  "Gamma-Gamma",
                  new GammaGamma(),
                  rows,
                  new double[] {1, 1, rows.mean(0)},
                  new double[] {3, 3, 1},
                  settings.maxIterations())
              .fit();
      return fit instanceof Fit.Found<Estimate> found
          ? checked(found.model(), rows.customers() / repeaters.count())
          : new Fit.Refused<>(((Fit.Refused<Estimate>) fit).reason());
    }
  }

  private static Fit<SpendModel> checked(Estimate estimate, double payingShare) {
    double q = estimate.values().get(1);
    return q > 1
        ? new Fit.Found<>(new SpendModel(estimate, payingShare))
        : new Fit.Refused<>(
            String.format(
                Locale.ROOT, "Gamma-Gamma: q = %.4g, the mean of the population is infinite", q));
  }

  /**
   * Expected value of a visit to come. The model is of customers who pay: who has not paid yet (no
   * repeat, or repeats under warranty alone) is one with the share of those who do.
   *
   * @param count repeat visits so far; 0 gives the mean of the population
   * @param mean their mean value
   */
  public double value(int count, double mean) {
    double ifPaying = GammaGamma.value(estimate.parameters(), count, mean);
    return count > 0 && mean > 0 ? ifPaying : payingShare * ifPaying;
  }
}
