package io.servicelake.ml.attrition;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How likely each step of a timeline is, by class of person, for who is a customer still and for
 * who has left; and how likely leaving is. Visits of a step are Poisson.
 */
final class Likelihoods {
  private static final int MAINTENANCE = Purpose.MAINTENANCE.ordinal();
  private static final int REPAIR = Purpose.REPAIR.ordinal();
  private static final double LEAST_RATE = 1e-9;

  /** Above it leaving is no longer told apart. */
  static final double MOST_LEAVING = 0.3;

  /** By step and keeper: log-likelihood of maintenance. */
  final double[][] keeping;

  final double[][] keepingAfter;

  /** By step and frailty: log-likelihood of the other visits. */
  final double[][] rest;

  final double[][] restAfter;

  /** By step and attachment: chance to leave before the step. */
  final double[][] leaving;

  /**
   * Reckons with rates.
   *
   * @param timeline laid out
   */
  Likelihoods(Timeline timeline, Rates rates) {
    List<Timeline.Step> steps = timeline.steps();
    int count = steps.size();
    keeping = new double[count][Classes.KEEPERS];
    keepingAfter = new double[count][Classes.KEEPERS];
    rest = new double[count][Classes.FRAILTIES];
    restAfter = new double[count][Classes.FRAILTIES];
    leaving = new double[count][Classes.ATTACHMENTS];
    double[] remaining = rates.of(Part.REMAINING);
    for (int t = 0; t < count; t++) {
      Timeline.Step step = steps.get(t);
      for (Timeline.Cell cell : step.cells()) {
        double maintenance = maintenance(rates, step, cell, timeline.way());
        for (int keeper = 0; keeper < Classes.KEEPERS; keeper++) {
          double rate = maintenance * kept(rates, cell, keeper);
          boolean came = cell.has(Purpose.MAINTENANCE);
          keeping[t][keeper] += poisson(rate, came);
          keepingAfter[t][keeper] += poisson(rate * remaining[MAINTENANCE], came);
        }
        double common = 0;
        double commonAfter = 0;
        for (Purpose purpose : List.of(Purpose.ACCIDENT, Purpose.OTHER)) {
          double rate = chance(rates, step, cell, purpose);
          common += poisson(rate, cell.has(purpose));
          commonAfter += poisson(rate * remaining[purpose.ordinal()], cell.has(purpose));
        }
        double repair = repair(rates, step, cell);
        boolean came = cell.has(Purpose.REPAIR);
        for (int frailty = 0; frailty < Classes.FRAILTIES; frailty++) {
          double rate = repair * rates.of(Part.FRAILTY, frailty);
          rest[t][frailty] += common + poisson(rate, came);
          restAfter[t][frailty] += commonAfter + poisson(rate * remaining[REPAIR], came);
        }
      }
      if (!step.cells().isEmpty()) {
        leave(leaving[t], rates, step, step.grievance().whole(), timeline.way());
      }
    }
  }

  private Likelihoods(Likelihoods other, double[][] leaving) {
    this.keeping = other.keeping;
    this.keepingAfter = other.keepingAfter;
    this.rest = other.rest;
    this.restAfter = other.restAfter;
    this.leaving = leaving;
  }

  /** The same with another grievance at each step. */
  Likelihoods with(ToIntFunction<Timeline.Grievance> grievance, Timeline timeline, Rates rates) {
    double[][] others = new double[leaving.length][Classes.ATTACHMENTS];
    for (int t = 0; t < others.length; t++) {
      Timeline.Step step = timeline.steps().get(t);
      if (!step.cells().isEmpty()) {
        leave(others[t], rates, step, grievance.applyAsInt(step.grievance()), timeline.way());
      }
    }
    return new Likelihoods(this, others);
  }

  /** How likely a step is for who is a customer, by keeper and frailty. */
  double[] ofCustomers(int step) {
    return products(keeping[step], rest[step]);
  }

  /** The same for who has left. */
  double[] ofLeft(int step) {
    return products(keepingAfter[step], restAfter[step]);
  }

  private static double[] products(double[] ofKeepers, double[] ofFrailties) {
    double[] products = new double[Classes.KEEPERS * Classes.FRAILTIES];
    for (int frailty = 0; frailty < Classes.FRAILTIES; frailty++) {
      products[frailty] = Math.exp(ofFrailties[frailty]);
    }
    for (int keeper = Classes.KEEPERS - 1; keeper >= 0; keeper--) {
      double ofKeeper = Math.exp(ofKeepers[keeper]);
      for (int frailty = 0; frailty < Classes.FRAILTIES; frailty++) {
        products[Classes.pair(keeper, frailty)] = ofKeeper * products[frailty];
      }
    }
    return products;
  }

  private static double poisson(double rate, boolean came) {
    double at = Math.max(LEAST_RATE, rate);
    return came ? Math.log(at) - at : -at;
  }

  /** Maintenance during a step, but for what the person adds. */
  static double maintenance(Rates rates, Timeline.Step step, Timeline.Cell cell, int way) {
    return cell.pace()
        * rates.of(Part.AGE, cell.age())
        * rates.of(Part.WAY, way)
        * rates.of(Part.MONTH, step.month());
  }

  /** What the person adds to maintenance. */
  static double kept(Rates rates, Timeline.Cell cell, int keeper) {
    int punctuality = keeper / Classes.DILIGENCES;
    return rates.of(Part.CURVE, punctuality * Cells.CURVE + cell.curve())
        * rates.of(Part.DILIGENCE, keeper % Classes.DILIGENCES);
  }

  /** Repairs during a step, but for the frailty. */
  static double repair(Rates rates, Timeline.Step step, Timeline.Cell cell) {
    return rates.of(Part.REPAIR, cell.repair())
        * rates.of(Part.REPAIR_AGE, cell.age())
        * rates.of(Part.REPAIR_SINCE, cell.since())
        * rates.of(Part.MONTH, step.month());
  }

  /** Accident or other visits during a step. */
  static double chance(Rates rates, Timeline.Step step, Timeline.Cell cell, Purpose purpose) {
    double rate =
        purpose == Purpose.ACCIDENT
            ? rates.of(Part.ACCIDENT, cell.use())
            : rates.of(Part.OTHER, cell.age());
    return rate * rates.of(Part.MONTH, step.month());
  }

  private static void leave(
      double[] leaving, Rates rates, Timeline.Step step, int grievance, int way) {
    for (int attachment = 0; attachment < leaving.length; attachment++) {
      leaving[attachment] =
          Math.min(
              MOST_LEAVING,
              rates.of(Part.LEAVING, 0)
                  * rates.of(Part.ATTACHMENT, attachment)
                  * rates.of(Part.WARRANTY, step.warranty())
                  * rates.of(Part.GRIEVANCE, grievance)
                  * rates.of(Part.LEAVING_WAY, way));
    }
  }
}
