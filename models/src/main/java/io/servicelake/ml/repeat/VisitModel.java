package io.servicelake.ml.repeat;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.Fit;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * A fitted model of repeat visits; times in the unit of its histories.
 *
 * @param ticks k of MBG/CNBD-k, 1 for the others
 */
public record VisitModel(VisitKind kind, int ticks, Estimate estimate) implements Serializable {

  /**
   * Fits on histories as {@link Histories} makes them, one row per customer. For MBG/CNBD-k ticks
   * are added as long as the likelihood rises.
   */
  public static Fit<VisitModel> fit(Dataset<Row> histories, VisitKind kind, FitSettings settings) {
    List<Field> values =
        kind == VisitKind.MBG_CNBD
            ? List.of(Histories.RECENCY, Histories.AGE, Histories.LOG_GAPS)
            : List.of(Histories.RECENCY, Histories.AGE);
    try (FoldedRows rows =
        new FoldedRows(histories, settings.partitions(), Histories.REPEAT_COUNT, values)) {
      if (rows.repeaters() < settings.minRepeaters()) {
        return new Fit.Refused<>(
            "%.0f customers with a repeat visit, %d needed"
                .formatted(rows.repeaters(), settings.minRepeaters()));
      }
      return fit(rows, kind, settings);
    }
  }

  private static Fit<VisitModel> fit(FoldedRows rows, VisitKind kind, FitSettings settings) {
    Fit<VisitModel> best = null;
    int maxTicks = kind == VisitKind.MBG_CNBD ? settings.maxTicks() : 1;
    for (int ticks = 1; ticks <= maxTicks; ticks++) {
      Fit<VisitModel> fit = fit(rows, kind, ticks, settings);
      if (best == null || isBetter(fit, best)) {
        best = fit;
      } else if (best instanceof Fit.Found<VisitModel>) {
        break;
      }
    }
    return best;
  }

  private static Fit<VisitModel> fit(
      FoldedRows rows, VisitKind kind, int ticks, FitSettings settings) {
    double age = rows.mean(1);
    double lifetime = kind == VisitKind.PARETO_NBD ? age : 1;
    Fit<Estimate> fit =
        MaximumLikelihood.fit(
            kind.label(ticks),
            kind.process(ticks),
            rows,
            new double[] {1, age, 1, lifetime},
            new double[] {1, 1.0 / ticks, 1, 1},
            settings.maxIterations());
    return fit instanceof Fit.Found<Estimate> found
        ? new Fit.Found<>(new VisitModel(kind, ticks, found.model()))
        : new Fit.Refused<>(((Fit.Refused<Estimate>) fit).reason());
  }

  private static boolean isBetter(Fit<VisitModel> fit, Fit<VisitModel> than) {
    return fit instanceof Fit.Found<VisitModel> found
        && (!(than instanceof Fit.Found<VisitModel> other)
            || found.model().estimate().logLikelihood() > other.model().estimate().logLikelihood());
  }

  /** Name as in the literature. */
  public String label() {
    return kind.label(ticks);
  }

  /**
   * Figures of a history as a struct of {@link io.servicelake.contract.score.CustomerValues},
   * without margins.
   *
   * @param recency time of the last visit since the first, in the unit of the settings
   * @param age time observed since the first visit
   */
  public Column outlook(
      RepeatVisitParameters settings, Column repeats, Column recency, Column age) {
    return HistoryScorer.figures(this, null, settings)
        .apply(repeats, recency, age, functions.lit(null).cast(Columns.DOUBLE));
  }

  /** What a history lets expect. */
  VisitProcess.Outlook outlook(int repeats, double recency, double age) {
    return kind.process(ticks).outlook(estimate.parameters(), repeats, recency, age);
  }
}
