package io.servicelake.ml.evaluation;

/** What a figure says about a model against its naive rule. */
public enum Verdict {
  /** The 95 % interval of the paired difference lies on the better side of zero. */
  BEATS_RULE,
  /** It does not. */
  NOT_BETTER,
  /** There is no rule to beat. */
  REPORTED
}
