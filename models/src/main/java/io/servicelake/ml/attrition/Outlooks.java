package io.servicelake.ml.attrition;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * What histories say of leaving and of the steps ahead. How much a vehicle is used after its last
 * reading is not known: it is reckoned with several uses, each as likely as what has come since
 * lets it be.
 */
final class Outlooks {
  private static final double LEAST_SHARE = 1e-9;

  /** Below it likelihoods are scaled before they run out of digits. */
  private static final double NEARLY_NOTHING = 1e-100;

  /** Standard deviation of the logarithm of use to come over use of late. */
  private static final double USE_SPREAD = 0.2;

  /** Three points of equal weight that meet a normal law up to its third moment (Chebyshev). */
  static final double[] USES = {
    Math.exp(-USE_SPREAD * Math.sqrt(1.5)), 1, Math.exp(USE_SPREAD * Math.sqrt(1.5))
  };

  private Outlooks() {}

  /** What a history says of leaving, and of the steps ahead. */
  static Outlook of(PersonHistory person, Rates rates, int ahead) {
    if (person.vehicles().isEmpty()) {
      return Outlook.UNKNOWN;
    }
    List<Timeline> timelines =
        Arrays.stream(USES).mapToObj(use -> Timeline.of(person, ahead, use)).toList();
    List<Likelihoods> likelihoods =
        timelines.stream().map(timeline -> new Likelihoods(timeline, rates)).toList();
    Paths whole = Paths.mixed(timelines, likelihoods, rates);
    Paths unbilled =
        person.billedDays().length == 0
            ? whole
            : with(Timeline.Grievance::unbilled, timelines, likelihoods, rates);
    Paths content =
        person.aggrievedDays().length == 0
            ? unbilled
            : with(grievance -> 0, timelines, likelihoods, rates);
    boolean isGone = whole.isCustomer < LEAST_SHARE;
    return new Outlook(
        whole.noVisit,
        unbilled.noVisit,
        content.noVisit,
        1 - whole.isCustomer,
        isGone ? 1 : whole.noVisitStaying / whole.isCustomer,
        isGone ? 0 : whole.services / whole.isCustomer);
  }

  private static Paths with(
      ToIntFunction<Timeline.Grievance> grievance,
      List<Timeline> timelines,
      List<Likelihoods> likelihoods,
      Rates rates) {
    List<Likelihoods> others =
        IntStream.range(0, timelines.size())
            .mapToObj(use -> likelihoods.get(use).with(grievance, timelines.get(use), rates))
            .toList();
    return Paths.mixed(timelines, others, rates);
  }

  /**
   * Paths into the future, added up.
   *
   * @param logLikelihood of the past
   * @param isCustomer probability not to have left by the snapshot day
   * @param noVisitStaying not to have left by it, and no visit
   * @param noVisit no visit
   * @param services not to have left by it, times maintenance to be expected
   */
  private record Paths(
      double logLikelihood,
      double isCustomer,
      double noVisitStaying,
      double noVisit,
      double services) {

    /** Those of all uses, by how likely the past is with each. */
    static Paths mixed(List<Timeline> timelines, List<Likelihoods> likelihoods, Rates rates) {
      Paths[] byUse = new Paths[timelines.size()];
      Arrays.setAll(byUse, use -> of(timelines.get(use), likelihoods.get(use), rates));
      double most = Arrays.stream(byUse).mapToDouble(Paths::logLikelihood).max().orElseThrow();
      double[] weights =
          Arrays.stream(byUse).mapToDouble(use -> Math.exp(use.logLikelihood - most)).toArray();
      double all = sum(weights);
      double[] mixed = new double[4];
      for (int use = 0; use < byUse.length; use++) {
        double weight = weights[use] / all;
        mixed[0] += weight * byUse[use].isCustomer;
        mixed[1] += weight * byUse[use].noVisitStaying;
        mixed[2] += weight * byUse[use].noVisit;
        mixed[3] += weight * byUse[use].services;
      }
      return new Paths(most + Math.log(all / byUse.length), mixed[0], mixed[1], mixed[2], mixed[3]);
    }

    private static Paths of(Timeline timeline, Likelihoods likelihoods, Rates rates) {
      Beliefs today = Beliefs.of(timeline, likelihoods, rates);
      double[] still = today.attached.clone();
      double[] leftAhead = new double[Classes.ALL];
      double[] after = today.left.clone();
      double services = 0;
      for (int t = timeline.past(); t < timeline.steps().size(); t++) {
        double[] ofCustomers = likelihoods.ofCustomers(t);
        double[] ofLeft = likelihoods.ofLeft(t);
        for (int of = 0; of < Classes.ALL; of++) {
          double leaving = likelihoods.leaving[t][Classes.attachment(of)];
          int pair = Classes.pair(of);
          leftAhead[of] = (leftAhead[of] + still[of] * leaving) * ofLeft[pair];
          still[of] *= (1 - leaving) * ofCustomers[pair];
          after[of] *= ofLeft[pair];
          // Where no visit comes, the log-likelihood is what was to be expected.
          services -= today.attached[of] * likelihoods.keeping[t][Classes.keeper(of)];
        }
      }
      double staying = sum(still) + sum(leftAhead);
      return new Paths(
          today.logLikelihood, sum(today.attached), staying, staying + sum(after), services);
    }
  }

  /** What can be believed on the snapshot day: class, and customer still or left; adds up to 1. */
  private static final class Beliefs {
    private final double[] attached;
    private final double[] left = new double[Classes.ALL];
    private double logLikelihood;

    private Beliefs(double[] shares, double start) {
      attached = shares.clone();
      for (int of = 0; of < Classes.ALL; of++) {
        left[of] = shares[of] * start;
        attached[of] -= left[of];
      }
    }

    static Beliefs of(Timeline timeline, Likelihoods likelihoods, Rates rates) {
      Beliefs beliefs = new Beliefs(rates.of(Part.CLASS), rates.of(Part.START, timeline.start()));
      for (int t = 0; t < timeline.past(); t++) {
        beliefs.pass(likelihoods, t);
      }
      beliefs.scale();
      return beliefs;
    }

    private void pass(Likelihoods likelihoods, int t) {
      double[] ofCustomers = likelihoods.ofCustomers(t);
      double[] ofLeft = likelihoods.ofLeft(t);
      for (int of = 0; of < Classes.ALL; of++) {
        double leaving = likelihoods.leaving[t][Classes.attachment(of)];
        int pair = Classes.pair(of);
        left[of] = (left[of] + attached[of] * leaving) * ofLeft[pair];
        attached[of] *= (1 - leaving) * ofCustomers[pair];
      }
      if (sum(attached) + sum(left) < NEARLY_NOTHING) {
        scale();
      }
    }

    /** So that the parts add up to 1. */
    private void scale() {
      double all = sum(attached) + sum(left);
      logLikelihood += Math.log(all);
      for (int of = 0; of < Classes.ALL; of++) {
        attached[of] /= all;
        left[of] /= all;
      }
    }
  }

  private static double sum(double[] parts) {
    double sum = 0;
    for (double part : parts) {
      sum += part;
    }
    return sum;
  }
}
