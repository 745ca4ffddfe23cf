package io.servicelake.jobs.simulate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A person, or an account of another class, and the hidden state. Days are epoch days. */
final class Person {
  enum AccountClass {
    PERSON("个人"),
    FLEET("单位"),
    INSURER("保险公司"),
    DEALER_INTERNAL("内部");

    final String chinese;

    AccountClass(String chinese) {
      this.chinese = chinese;
    }
  }

  private static final double[] FADING = new double[3000];

  static {
    for (int days = 0; days < FADING.length; days++) {
      FADING[days] = Math.exp(-Math.log(2) * days / Difficulty.GRIEVANCE_HALF_LIFE_DAYS);
    }
  }

  final int index;
  final AccountClass accountClass;
  final Words.Name name;
  final String phone;
  final Dealer home;
  final int joinedDay;
  final Draws draws;

  String email = "";
  String address = "";
  String gender = "";
  int birthDay = Dates.NO_DAY;
  boolean speaksEnglish;
  boolean changesPhone;

  /** Hidden traits. */
  double priceSensitivity;

  boolean isDrifter;
  double tolerance = 1;
  double billToleranceYuan = 1e9;
  double diligence = 1;
  double lateness = Difficulty.LATENESS_SCALE;
  double accidentProneness = 1;
  double responsiveness = 0.65;
  double mildness;
  double roams;
  double distanceKm;

  /** Hidden state. */
  double grievance;

  int grievanceDay;
  final double[] grievanceBySource = new double[Grievance.values().length];

  /** What can be believed of a person's leaving; kept of persons only. */
  final Belief belief = new Belief();

  int leftDay = Dates.NO_DAY;
  String leftReason = "";

  /** Share of the hazard of leaving that the reason made on the day; 1 where nothing was drawn. */
  double leftReasonShare = 1;

  int lastVisitDay = Dates.NO_DAY;
  int busyUntilDay;

  final List<Ownership> ownerships = new ArrayList<>();
  final Map<Dealer, CustomerFile> files = new LinkedHashMap<>();
  final List<Integer> visitDays = new ArrayList<>();

  Person(
      int index,
      AccountClass accountClass,
      Words.Name name,
      String phone,
      Dealer home,
      int joinedDay,
      Draws draws) {
    this.index = index;
    this.accountClass = accountClass;
    this.name = name;
    this.phone = phone;
    this.home = home;
    this.joinedDay = joinedDay;
    this.grievanceDay = joinedDay;
    this.draws = draws;
  }

  /** What can aggrieve a customer. */
  enum Grievance {
    LATE("BAD_EXPERIENCE"),
    COMEBACK("REPEAT_REPAIR"),
    COMPLAINT("UNRESOLVED_COMPLAINT"),
    BILL("PRICE"),
    ATTITUDE("BAD_EXPERIENCE");

    final String reason;

    Grievance(String reason) {
      this.reason = reason;
    }
  }

  String code() {
    return String.format("P%06d", index);
  }

  boolean isPerson() {
    return accountClass == AccountClass.PERSON;
  }

  boolean hasLeft() {
    return leftDay != Dates.NO_DAY;
  }

  /** The day of leaving, if it is not after the given one. */
  int leftOn(int day) {
    return hasLeft() && leftDay <= day ? leftDay : Dates.NO_DAY;
  }

  double grievanceOn(int day) {
    if (grievance == 0) {
      return 0;
    }
    int days = Math.max(0, day - grievanceDay);
    return grievance * FADING[Math.min(FADING.length - 1, days)];
  }

  void aggrieve(Grievance source, double by, int day) {
    grievance = grievanceOn(day) + by;
    grievanceDay = Math.max(grievanceDay, day);
    grievanceBySource[source.ordinal()] += by;
  }

  Grievance worstGrievance() {
    int worst = 0;
    for (int i = 1; i < grievanceBySource.length; i++) {
      worst = grievanceBySource[i] > grievanceBySource[worst] ? i : worst;
    }
    return Grievance.values()[worst];
  }

  /** Share of all grievances that the worst source gave. */
  double worstGrievanceShare() {
    double sum = 0;
    for (double bySource : grievanceBySource) {
      sum += bySource;
    }
    return sum == 0 ? 1 : grievanceBySource[worstGrievance().ordinal()] / sum;
  }

  int heldCount() {
    int held = 0;
    for (Ownership ownership : ownerships) {
      held += ownership.isHeld() ? 1 : 0;
    }
    return held;
  }

  /** True once the files say that the last vehicle went. */
  boolean isKnownExited(int day) {
    for (Ownership ownership : ownerships) {
      if (ownership.endEnteredAt == Dates.NEVER || Dates.dayOf(ownership.endEnteredAt) > day) {
        return false;
      }
    }
    return true;
  }
}
