package io.servicelake.ml.repeat;

import io.servicelake.ml.Fit;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A fitted Gamma-Gamma model of the value of a visit (Fader & Hardie 2013). */
public record SpendModel(Estimate estimate) implements Serializable {

  /**
   * Fits on histories as {@link Histories} makes them: customers with repeats and a mean value
   * above 0, the others do not fit the model.
   */
  public static Fit<SpendModel> fit(Dataset<Row> histories, FitSettings settings) {
    Dataset<Row> spenders =
        histories.where(Histories.REPEAT_COUNT.col().gt(0).and(Histories.MEAN_VALUE.col().gt(0)));
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
          ? checked(found.model())
          : new Fit.Refused<>(((Fit.Refused<Estimate>) fit).reason());
    }
  }

  private static Fit<SpendModel> checked(Estimate estimate) {
    double q = estimate.values().get(1);
    return q > 1
        ? new Fit.Found<>(new SpendModel(estimate))
        : new Fit.Refused<>(
            String.format(
                Locale.ROOT, "Gamma-Gamma: q = %.4g, the mean of the population is infinite", q));
  }

  /**
   * Expected value of a visit to come.
   *
   * @param count repeat visits so far; 0 gives the mean of the population
   * @param mean their mean value
   */
  public double value(int count, double mean) {
    return GammaGamma.value(estimate.parameters(), count, mean);
  }
}
