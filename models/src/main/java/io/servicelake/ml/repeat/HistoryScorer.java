package io.servicelake.ml.repeat;

import io.servicelake.contract.score.CustomerValues;
import io.servicelake.ml.evaluation.Ranking;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Scores one history: repeats, recency, age and mean value in, a row of {@link #FIGURES} out. Spark
 * has no function for sums over negative binomials.
 */
final class HistoryScorer implements UDF4<Integer, Double, Double, Double, Row> {
  /** What one history is scored with. */
  static final StructType FIGURES =
      DataTypes.createStructType(
          new StructField[] {
            CustomerValues.EXPECTED_180D_VISITS.toStructField(),
            CustomerValues.VISIT_180D_PROBABILITY.toStructField(),
            CustomerValues.MARGIN_36M_AMOUNT_MINOR.toStructField(),
            CustomerValues.MARGIN_36M_LOWER_AMOUNT_MINOR.toStructField(),
            CustomerValues.MARGIN_36M_UPPER_AMOUNT_MINOR.toStructField()
          });

  private static final long serialVersionUID = 1L;
  private static final GaussIntegrator NODES = new GaussIntegratorFactory().legendre(5);
  private static final double NORMAL_95 = 1.959963984540054;
  private static final double STEP = 1e-3;

  private final VisitModel visits;
  private final SpendModel spend;
  private final double horizon;
  private final double span;
  private final double discount;
  private final double share;
  private final VisitProcess process;
  private final double[] parameters;

  /**
   * A scorer.
   *
   * @param spend null to leave margins out
   */
  HistoryScorer(VisitModel visits, SpendModel spend, RepeatVisitParameters settings) {
    Margins margins = settings.margins();
    double days = settings.unit().days();
    this.visits = visits;
    this.spend = spend;
    this.horizon = settings.horizonDays() / days;
    this.span = margins.days() / days;
    this.discount = Math.log1p(margins.yearlyDiscountRate()) / 365.25 * days;
    this.share = margins.share();
    this.process = visits.kind().process(visits.ticks());
    this.parameters = visits.estimate().parameters();
  }

  /** The scorer as a function of columns: repeats, recency, age and mean value. */
  static UserDefinedFunction figures(
      VisitModel visits, SpendModel spend, RepeatVisitParameters settings) {
    return functions.udf(new HistoryScorer(visits, spend, settings), FIGURES);
  }

  @Override
  public Row call(Integer repeats, Double recency, Double age, Double meanValue) {
    VisitProcess.Outlook outlook = process.outlook(parameters, repeats, recency, age);
    double visitCount = outlook.visits(horizon);
    double returns = outlook.returns(horizon);
    double[] margin = spend == null ? null : margin(outlook, repeats, recency, age, meanValue);
    return RowFactory.create(
        Ranking.round6(visitCount),
        Ranking.round6(returns),
        margin == null ? null : minor(margin[0]),
        margin == null ? null : minor(margin[1]),
        margin == null ? null : minor(margin[2]));
  }

  private static long minor(double amount) {
    return Math.round(amount * 100);
  }

  /**
   * Expected margin and the ends of its interval: the delta method on its logarithm from the
   * covariances of both models, which are independent by assumption.
   */
  private double[] margin(
      VisitProcess.Outlook outlook, int repeats, double recency, double age, Double meanValue) {
    int count = meanValue == null ? 0 : repeats;
    double mean = meanValue == null ? 0 : Math.max(meanValue, 0);
    double margin = discounted(outlook) * spend.value(count, mean) * share;
    double[] gradient = new double[parameters.length];
    for (int i = 0; i < gradient.length; i++) {
      double above = discounted(moved(i, STEP, repeats, recency, age));
      double below = discounted(moved(i, -STEP, repeats, recency, age));
      gradient[i] = above > 0 && below > 0 ? Math.log(above / below) / (2 * STEP) : 0;
    }
    double variance =
        visits.estimate().variance(gradient)
            + spend
                .estimate()
                .variance(GammaGamma.logGradient(spend.estimate().parameters(), count, mean));
    double factor = Math.exp(NORMAL_95 * Math.sqrt(variance));
    double lower = margin / factor;
    double upper = margin * factor;
    return new double[] {margin, Math.min(lower, upper), Math.max(lower, upper)};
  }

  private VisitProcess.Outlook moved(int i, double by, int repeats, double recency, double age) {
    double[] point = parameters.clone();
    point[i] *= Math.exp(by);
    return process.outlook(point, repeats, recency, age);
  }

  /** Visits over the span, each weighted by its present value (integrated by parts). */
  private double discounted(VisitProcess.Outlook outlook) {
    double sum = Math.exp(-discount * span) * outlook.visits(span);
    for (int node = 0; node < NODES.getNumberOfPoints(); node++) {
      double time = span / 2 * (1 + NODES.getPoint(node));
      sum +=
          span
              / 2
              * NODES.getWeight(node)
              * discount
              * Math.exp(-discount * time)
              * outlook.visits(time);
    }
    return sum;
  }
}
