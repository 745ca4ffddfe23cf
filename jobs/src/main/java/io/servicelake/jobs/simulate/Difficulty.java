package io.servicelake.jobs.simulate;

/**
 * How much chance, how much hidden state: the settings that decide what a model can know. Reasons
 * and measured marks are in docs/simulator.md. Rates are per day unless said otherwise.
 */
final class Difficulty {
  /** Share of customers who never had much attachment, and how much sooner they leave. */
  static final double DRIFTER_SHARE = 0.18;

  static final double DRIFTER_LEAVE_FACTOR = 4.0;

  /** Leaving for no reason a dealer could see. */
  static final double LEAVE_BASE = 0.000012;

  /** Leaving while the grievance stands above what the person tolerates. */
  static final double LEAVE_AGGRIEVED = 0.002;

  /** Leaving of the price-sensitive in the window after the warranty ends, and ever after. */
  static final double LEAVE_WARRANTY_WINDOW = 0.00032;

  static final double LEAVE_AFTER_WARRANTY_FACTOR = 1.6;
  static final int WARRANTY_WINDOW_DAYS = 120;
  static final double PRICE_SENSITIVE_FROM = 0.60;

  /** Kilometres from which distance makes people leave sooner. */
  static final double FAR_FROM_KM = 15;

  static final double GRIEVANCE_HALF_LIFE_DAYS = 75;

  /** Selling the vehicle, by its age in years: below 3, below 6, older. */
  static final double[] SALE_BY_AGE = {0.00004, 0.00007, 0.00011};

  static final double SALE_FLAGGED_SHARE = 0.85;

  /** Buying the next vehicle from the group: attached, left, and of the latter who is back. */
  static final double TRADE_IN_SHARE = 0.25;

  static final double TRADE_IN_LEFT_SHARE = 0.15;
  static final double TRADE_IN_RETURNS_SHARE = 0.6;

  /** Moving away, and how often the files tell. */
  static final double MOVE = 0.000012;

  static final double MOVE_FLAGGED_SHARE = 0.6;
  static final double RESALE_IN_GROUP_SHARE = 0.30;

  /** What is left of the hazards after leaving: maintenance, wear, accident, recall, other. */
  static final double[] AFTER_LEAVING = {0.04, 0.15, 0.40, 0.50, 0.15};

  /** Odds of coming for maintenance, as integrated hazard of each bump in dueness. */
  static final double[] BUMP_WEIGHTS = {1.5, 1.0, 0.7, 0.5};

  /** Shape of the gamma that multiplies the bumps per person: smaller is more unequal. */
  static final double DILIGENCE_SHAPE = 12.0;

  /** Scale of lateness in units of the interval, and its spread over persons (log). */
  static final double LATENESS_SCALE = 0.155;

  static final double LATENESS_SPREAD = 0.30;

  /** Shapes of the gamma frailties of wear: of the vehicle, and of each of its components. */
  static final double VEHICLE_FRAILTY_SHAPE = 3.5;

  static final double COMPONENT_FRAILTY_SHAPE = 3.0;

  /** Accidents at 35 km a day; shape of the gamma over persons. */
  static final double ACCIDENT = 0.00030;

  static final double ACCIDENT_SHAPE = 1.2;

  /** Accessories, checks, punctures, roadside help. */
  static final double OTHER = 0.00028;

  /** Spread of technicians' skill: log of the comeback odds; and its share in clocked hours. */
  static final double SKILL_SPREAD = 0.36;

  static final double SKILL_IN_HOURS = 0.25;

  /** How well the level tells the skill: correlation. */
  static final double LEVEL_TELLS_SKILL = 0.35;

  /** Comeback of a repair done by a technician of mean skill, before the component's difficulty. */
  static final double COMEBACK = 0.06;

  /** Daily hazard of coming back while a repair is faulty, for at most {@link #FAULTY_DAYS}. */
  static final double COMEBACK_RETURN = 0.09;

  static final int FAULTY_DAYS = 28;

  private Difficulty() {}
}
