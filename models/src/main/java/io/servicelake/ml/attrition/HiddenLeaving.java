package io.servicelake.ml.attrition;

/**
 * A person is a customer until leaving, which nobody sees and from which nobody comes back: a
 * hidden Markov chain with one way out (forward-backward algorithm, Rabiner 1989), once for each
 * class of persons. Persons without a vehicle held have no chain.
 */
final class HiddenLeaving {
  private HiddenLeaving() {}

  /**
   * Expectation step (Dempster, Laird & Rubin 1977) for one person: what happened and what was to
   * be expected of each rate, weighed by what can be believed of class and leaving.
   */
  static void expect(PersonHistory person, Rates rates, Sums sums) {
    if (person.vehicles().isEmpty()) {
      return;
    }
    Timeline timeline = Timeline.of(person, 0, 1);
    if (timeline.past() > 0) {
      new Expectation(timeline, rates, sums).add();
    }
  }

  /** The expectation step of one person. */
  private static final class Expectation {
    private final Timeline timeline;
    private final Rates rates;
    private final Sums sums;
    private final Likelihoods likelihoods;
    private final int past;

    /** By step: belief in each keeper, frailty or attachment, as a customer and after leaving. */
    private final double[][] keeper;

    private final double[][] keeperAfter;
    private final double[][] frailty;
    private final double[][] frailtyAfter;
    private final double[][] attachment;
    private final double[][] leaves;

    Expectation(Timeline timeline, Rates rates, Sums sums) {
      this.timeline = timeline;
      this.rates = rates;
      this.sums = sums;
      this.likelihoods = new Likelihoods(timeline, rates);
      this.past = timeline.past();
      this.keeper = new double[past][Classes.KEEPERS];
      this.keeperAfter = new double[past][Classes.KEEPERS];
      this.frailty = new double[past][Classes.FRAILTIES];
      this.frailtyAfter = new double[past][Classes.FRAILTIES];
      this.attachment = new double[past][Classes.ATTACHMENTS];
      this.leaves = new double[past][Classes.ATTACHMENTS];
    }

    void add() {
      double[][] belief = new double[Classes.ALL][past + 2];
      sums.addPerson(believe(belief));
      for (int of = 0; of < Classes.ALL; of++) {
        spread(of, belief[of]);
      }
      for (int t = 0; t < past; t++) {
        Timeline.Step step = timeline.steps().get(t);
        for (Timeline.Cell cell : step.cells()) {
          addMaintenance(t, step, cell);
          addRest(t, step, cell);
        }
        if (!step.cells().isEmpty()) {
          addLeaving(t, step);
        }
      }
    }

    /**
     * Belief in leaving before each step, in staying and in having left before the first visit
     * (last), by class.
     *
     * @return log-likelihood
     */
    private double believe(double[][] belief) {
      double[][] logLeaving = new double[past][Classes.ATTACHMENTS];
      double[][] logStaying = new double[past][Classes.ATTACHMENTS];
      for (int t = 0; t < past; t++) {
        for (int of = 0; of < Classes.ATTACHMENTS; of++) {
          logLeaving[t][of] = Math.log(likelihoods.leaving[t][of]);
          logStaying[t][of] = Math.log1p(-likelihoods.leaving[t][of]);
        }
      }
      double most = Double.NEGATIVE_INFINITY;
      for (int of = 0; of < Classes.ALL; of++) {
        int itsFrailty = Classes.frailty(of);
        int itsKeeper = Classes.keeper(of);
        int itsAttachment = Classes.attachment(of);
        double after = 0;
        for (int t = 0; t < past; t++) {
          after += likelihoods.keepingAfter[t][itsKeeper] + likelihoods.restAfter[t][itsFrailty];
        }
        double start = rates.of(Part.START, timeline.start());
        double before = Math.log(rates.of(Part.CLASS, of));
        belief[of][past + 1] = before + Math.log(start) + after;
        before += Math.log1p(-start);
        for (int t = 0; t < past; t++) {
          belief[of][t] = before + logLeaving[t][itsAttachment] + after;
          most = Math.max(most, belief[of][t]);
          before +=
              logStaying[t][itsAttachment]
                  + likelihoods.keeping[t][itsKeeper]
                  + likelihoods.rest[t][itsFrailty];
          after -= likelihoods.keepingAfter[t][itsKeeper] + likelihoods.restAfter[t][itsFrailty];
        }
        belief[of][past] = before;
        most = Math.max(most, Math.max(before, belief[of][past + 1]));
      }
      double all = 0;
      for (double[] ofClass : belief) {
        for (int t = 0; t < ofClass.length; t++) {
          ofClass[t] = Math.exp(ofClass[t] - most);
          all += ofClass[t];
        }
      }
      for (double[] ofClass : belief) {
        for (int t = 0; t < ofClass.length; t++) {
          ofClass[t] /= all;
        }
      }
      return most + Math.log(all);
    }

    private void spread(int of, double[] belief) {
      int itsFrailty = Classes.frailty(of);
      int itsKeeper = Classes.keeper(of);
      double left = belief[past + 1];
      double all = left;
      for (int t = 0; t <= past; t++) {
        all += belief[t];
      }
      sums.add(Part.CLASS, of, all, rates.of(Part.CLASS, of));
      sums.add(Part.START, timeline.start(), left, all);
      for (int t = 0; t < past; t++) {
        leaves[t][Classes.attachment(of)] += belief[t];
        attachment[t][Classes.attachment(of)] += all - left;
        left += belief[t];
        keeper[t][itsKeeper] += all - left;
        keeperAfter[t][itsKeeper] += left;
        frailty[t][itsFrailty] += all - left;
        frailtyAfter[t][itsFrailty] += left;
      }
    }

    private void addMaintenance(int t, Timeline.Step step, Timeline.Cell cell) {
      double rate = Likelihoods.maintenance(rates, step, cell, timeline.way());
      double remaining = rates.of(Part.REMAINING, Purpose.MAINTENANCE.ordinal());
      double came = cell.has(Purpose.MAINTENANCE) ? 1 : 0;
      double all = 0;
      double ofLeft = 0;
      double cameLeft = 0;
      for (int of = 0; of < Classes.KEEPERS; of++) {
        double itsRate = rate * Likelihoods.kept(rates, cell, of);
        double after = itsRate * remaining * keeperAfter[t][of];
        double expected = itsRate * keeper[t][of] + after;
        double happened = came * (keeper[t][of] + keeperAfter[t][of]);
        sums.add(
            Part.CURVE, of / Classes.DILIGENCES * Cells.CURVE + cell.curve(), happened, expected);
        sums.add(Part.DILIGENCE, of % Classes.DILIGENCES, happened, expected);
        all += expected;
        ofLeft += after;
        cameLeft += came * keeperAfter[t][of];
      }
      sums.add(Part.AGE, cell.age(), came, all);
      sums.add(Part.WAY, timeline.way(), came, all);
      sums.add(Part.MONTH, step.month(), came, all);
      sums.add(Part.REMAINING, Purpose.MAINTENANCE.ordinal(), cameLeft, ofLeft);
    }

    private void addRest(int t, Timeline.Step step, Timeline.Cell cell) {
      double rate = Likelihoods.repair(rates, step, cell);
      double remaining = rates.of(Part.REMAINING, Purpose.REPAIR.ordinal());
      double came = cell.has(Purpose.REPAIR) ? 1 : 0;
      double all = 0;
      double ofLeft = 0;
      double left = 0;
      for (int of = 0; of < Classes.FRAILTIES; of++) {
        double itsRate = rate * rates.of(Part.FRAILTY, of);
        double after = itsRate * remaining * frailtyAfter[t][of];
        double expected = itsRate * frailty[t][of] + after;
        sums.add(Part.FRAILTY, of, came * (frailty[t][of] + frailtyAfter[t][of]), expected);
        all += expected;
        ofLeft += after;
        left += frailtyAfter[t][of];
      }
      sums.add(Part.REPAIR, cell.repair(), came, all);
      sums.add(Part.REPAIR_AGE, cell.age(), came, all);
      sums.add(Part.REPAIR_SINCE, cell.since(), came, all);
      sums.add(Part.MONTH, step.month(), came, all);
      sums.add(Part.REMAINING, Purpose.REPAIR.ordinal(), came * left, ofLeft);
      addChance(step, cell, Purpose.ACCIDENT, left);
      addChance(step, cell, Purpose.OTHER, left);
    }

    private void addChance(Timeline.Step step, Timeline.Cell cell, Purpose purpose, double left) {
      double rate = Likelihoods.chance(rates, step, cell, purpose);
      double after = rate * rates.of(Part.REMAINING, purpose.ordinal()) * left;
      double came = cell.has(purpose) ? 1 : 0;
      boolean isAccident = purpose == Purpose.ACCIDENT;
      double all = rate * (1 - left) + after;
      sums.add(
          isAccident ? Part.ACCIDENT : Part.OTHER, isAccident ? cell.use() : cell.age(), came, all);
      sums.add(Part.MONTH, step.month(), came, all);
      sums.add(Part.REMAINING, purpose.ordinal(), came * left, after);
    }

    private void addLeaving(int t, Timeline.Step step) {
      double happened = 0;
      double expected = 0;
      for (int of = 0; of < Classes.ATTACHMENTS; of++) {
        if (likelihoods.leaving[t][of] >= Likelihoods.MOST_LEAVING) {
          continue;
        }
        double its = attachment[t][of] * likelihoods.leaving[t][of];
        sums.add(Part.ATTACHMENT, of, leaves[t][of], its);
        happened += leaves[t][of];
        expected += its;
      }
      sums.add(Part.LEAVING, 0, happened, expected);
      sums.add(Part.WARRANTY, step.warranty(), happened, expected);
      sums.add(Part.GRIEVANCE, step.grievance().whole(), happened, expected);
      sums.add(Part.LEAVING_WAY, timeline.way(), happened, expected);
    }
  }
}
