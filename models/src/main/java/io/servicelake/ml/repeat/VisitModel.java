package io.servicelake.ml.repeat;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.Fit;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * A fitted model of repeat visits; times in the unit of its histories.
 *
 * @param ticks k where gaps have ticks, else 1
 */
public record VisitModel(VisitKind kind, int ticks, Estimate estimate) implements Serializable {
  private static final int OF_VISITS = 2;

  /**
   * Half the 95 % quantile of the likelihood ratio where one parameter lies at its edge: an even
   * mixture of 0 and chi-squared with one degree of freedom (Self & Liang 1987).
   */
  private static final double MOST_LOSS = 1.353;

  /**
   * The model that was chosen, or the reason why there is none.
   *
   * @param passedOver why richer kinds were not taken, in the order they were tried
   */
  public record Choice(Fit<VisitModel> fit, List<String> passedOver) {
    public Choice {
      passedOver = List.copyOf(passedOver);
    }
  }

  /**
   * Fits on histories as {@link Histories} makes them, one row per customer. Where there are ticks,
   * they are added as long as the likelihood rises.
   */
  public static Fit<VisitModel> fit(Dataset<Row> histories, VisitKind kind, FitSettings settings) {
    return onFolded(histories, kind, settings, rows -> mostLikely(rows, kind, settings).fit());
  }

  /**
   * As {@link #fit}, but where a kind is refused because the data do not tell its parameters of
   * leaving, the kind at their edge is taken, unless it is less likely by more than chance
   * explains.
   */
  public static Choice choose(Dataset<Row> histories, VisitKind kind, FitSettings settings) {
    List<String> passedOver = new ArrayList<>();
    Fit<VisitModel> fit =
        onFolded(histories, kind, settings, rows -> choose(rows, kind, settings, passedOver));
    return new Choice(fit, passedOver);
  }

  private static Fit<VisitModel> onFolded(
      Dataset<Row> histories,
      VisitKind kind,
      FitSettings settings,
      Function<FoldedRows, Fit<VisitModel>> fit) {
    List<Field> values =
        kind.isTicked()
            ? List.of(Histories.RECENCY, Histories.AGE, Histories.LOG_GAPS)
            : List.of(Histories.RECENCY, Histories.AGE);
    try (FoldedRows rows =
        new FoldedRows(histories, settings.partitions(), Histories.REPEAT_COUNT, values)) {
      if (rows.repeaters() < settings.minRepeaters()) {
        return new Fit.Refused<>(
            "%.0f customers with a repeat visit, %d needed"
                .formatted(rows.repeaters(), settings.minRepeaters()));
      }
      return fit.apply(rows);
    }
  }

  private static Fit<VisitModel> choose(
      FoldedRows rows, VisitKind kind, FitSettings settings, List<String> passedOver) {
    Candidate candidate = mostLikely(rows, kind, settings);
    while (candidate.fit() instanceof Fit.Refused<VisitModel> refused
        && candidate.isLeavingUntold()
        && candidate.kind().atEdge().isPresent()) {
      Candidate edge = mostLikely(rows, candidate.kind().atEdge().get(), settings);
      double loss = candidate.ended().logLikelihood() - edge.ended().logLikelihood();
      if (!(loss <= MOST_LOSS)) {
        return new Fit.Refused<>(
            String.format(
                Locale.ROOT,
                "%s; %s is less likely by %.2f, chance explains %.2f",
                refused.reason(),
                edge.kind().label(edge.ticks()),
                loss,
                MOST_LOSS));
      }
      passedOver.add(refused.reason());
      candidate = edge;
    }
    return candidate.fit();
  }

  private static Candidate mostLikely(FoldedRows rows, VisitKind kind, FitSettings settings) {
    Candidate best = null;
    int maxTicks = kind.isTicked() ? settings.maxTicks() : 1;
    for (int ticks = 1; ticks <= maxTicks; ticks++) {
      Candidate next = new Candidate(kind, ticks, search(rows, kind, ticks, settings));
      if (best != null && !(next.ended().logLikelihood() > best.ended().logLikelihood())) {
        break;
      }
      best = next;
    }
    return best;
  }

  private static MaximumLikelihood.Ended search(
      FoldedRows rows, VisitKind kind, int ticks, FitSettings settings) {
    double age = rows.mean(1);
    double lifetime = kind == VisitKind.PARETO_NBD ? age : 1;
    VisitProcess process = kind.process(ticks);
    int size = process.names().size();
    return MaximumLikelihood.fit(
        kind.label(ticks),
        process,
        rows,
        Arrays.copyOf(new double[] {1, age, 1, lifetime}, size),
        Arrays.copyOf(new double[] {1, 1.0 / ticks, 1, 1}, size),
        settings.maxIterations());
  }

  /** A kind at its most likely number of ticks. */
  private record Candidate(VisitKind kind, int ticks, MaximumLikelihood.Ended ended) {
    Fit<VisitModel> fit() {
      return ended.fit() instanceof Fit.Found<Estimate> found
          ? new Fit.Found<>(new VisitModel(kind, ticks, found.model()))
          : new Fit.Refused<>(((Fit.Refused<Estimate>) ended.fit()).reason());
    }

    boolean isLeavingUntold() {
      List<String> names = kind.process(ticks).names();
      return !ended.untold().isEmpty()
          && names.subList(OF_VISITS, names.size()).containsAll(ended.untold());
    }
  }

  /** Name of its kind with the number of ticks. */
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
