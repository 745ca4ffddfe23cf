package io.servicelake.ml.evaluation;

/**
 * One figure of a model.
 *
 * @param metric name, e.g. auc
 * @param value the model's
 * @param lower lower end of the 95 % interval; null if none was drawn
 * @param upper upper end
 * @param naiveValue the naive rule's; null where none applies
 * @param verdict by the paired bootstrap of model minus rule
 */
public record MetricResult(
    String metric, double value, Double lower, Double upper, Double naiveValue, Verdict verdict) {

  /** A figure without interval and rule. */
  public static MetricResult reported(String metric, double value) {
    return new MetricResult(metric, value, null, null, null, Verdict.REPORTED);
  }

  /** A figure with an interval and without a rule. */
  public static MetricResult reported(String metric, double value, Interval interval) {
    return new MetricResult(
        metric, value, interval.lower(), interval.upper(), null, Verdict.REPORTED);
  }

  /**
   * A figure beside its rule.
   *
   * @param gain interval of the paired difference, positive where the model is better
   */
  public static MetricResult against(
      String metric, double value, Interval interval, double naiveValue, Interval gain) {
    return new MetricResult(
        metric,
        value,
        interval.lower(),
        interval.upper(),
        naiveValue,
        gain.lower() > 0 ? Verdict.BEATS_RULE : Verdict.NOT_BETTER);
  }

  /** Stands between a metric and the slice of the rows it is of. */
  public static final String OF_SLICE = "@";

  /** The same figure as of a slice of the rows: {@code metric@slice}. */
  public MetricResult of(String slice) {
    return new MetricResult(metric + OF_SLICE + slice, value, lower, upper, naiveValue, verdict);
  }
}
