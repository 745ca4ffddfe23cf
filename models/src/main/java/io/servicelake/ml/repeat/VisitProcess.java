package io.servicelake.ml.repeat;

/**
 * How visits repeat until a customer leaves unseen: the likelihood of a history (values: recency,
 * age, sum of log gaps) and what it lets expect.
 */
sealed interface VisitProcess extends Likelihood permits TickedVisits, ParetoNbd {
  /** What a history lets expect at given parameters. */
  Outlook outlook(double[] parameters, int repeats, double recency, double age);

  /** What one history lets expect; times in the unit of the parameters. */
  interface Outlook {
    /** Probability that the customer has not left. Not to rank by: see docs/models.md. */
    double alive();

    /** Expected visits within a horizon. */
    double visits(double horizon);

    /** Probability of at least one visit within a horizon. */
    double returns(double horizon);
  }
}
