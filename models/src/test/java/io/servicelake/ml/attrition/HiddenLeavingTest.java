package io.servicelake.ml.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HiddenLeavingTest {
  private static final int DAY = 20_000;

  /** Left before the first visit. */
  private static final int BEFORE = -1;

  /** All uses, all classes and all steps to leave at, one by one. */
  @Test
  void theForwardStepsGiveWhatAddingUpAllPathsGives() {
    PersonHistory person = driver();
    Rates rates = Rates.start();
    rates.of(Part.START)[Cells.start(Purpose.MAINTENANCE, 0)] = 0.2;
    double sum = 0;
    double left = 0;
    double noVisit = 0;
    double noVisitStaying = 0;
    double services = 0;
    for (double use : Outlooks.USES) {
      Timeline timeline = Timeline.of(person, 4, use);
      Likelihoods likelihoods = new Likelihoods(timeline, rates);
      int past = timeline.past();
      int all = timeline.steps().size();
      for (int of = 0; of < Classes.ALL; of++) {
        double expected = 0;
        for (int t = past; t < all; t++) {
          expected -= likelihoods.keeping[t][Classes.keeper(of)];
        }
        for (int leaves = BEFORE; leaves <= all; leaves++) {
          double whole = path(rates, likelihoods, of, leaves, all);
          noVisit += whole;
          noVisitStaying += leaves < past ? 0 : whole;
          if (leaves <= past) {
            double until = path(rates, likelihoods, of, leaves, past);
            sum += until;
            left += leaves < past ? until : 0;
            services += leaves < past ? 0 : until * expected;
          }
        }
      }
    }

    Outlook outlook = Outlooks.of(person, rates, 4);

    assertThat(outlook.hasLeft()).isCloseTo(left / sum, within(1e-9));
    assertThat(outlook.noVisit()).isCloseTo(noVisit / sum, within(1e-9));
    assertThat(outlook.noVisitStaying()).isCloseTo(noVisitStaying / (sum - left), within(1e-9));
    assertThat(outlook.services()).isCloseTo(services / (sum - left), within(1e-9));
  }

  /** Likelihood of a class that leaves before a step; of the steps until one. */
  private static double path(Rates rates, Likelihoods likelihoods, int of, int leaves, int until) {
    int keeper = Classes.keeper(of);
    int frailty = Classes.frailty(of);
    double before = rates.of(Part.START, Cells.start(Purpose.MAINTENANCE, 0));
    double path = rates.of(Part.CLASS, of) * (leaves == BEFORE ? before : 1 - before);
    for (int t = 0; t < until; t++) {
      double leaving = likelihoods.leaving[t][Classes.attachment(of)];
      path *= t < leaves ? 1 - leaving : t == leaves ? leaving : 1;
      path *=
          t < leaves
              ? Math.exp(likelihoods.keeping[t][keeper] + likelihoods.rest[t][frailty])
              : Math.exp(likelihoods.keepingAfter[t][keeper] + likelihoods.restAfter[t][frailty]);
    }
    return path;
  }

  @Test
  void whatIsBelievedOfLeavingIsTheSameForwardAndBackward() {
    PersonHistory person = person(900, everyHalfYear(900, 300));
    Sums sums = new Sums();
    HiddenLeaving.expect(person, Rates.start(), sums);
    double left = Outlooks.of(person, Rates.start(), 1).hasLeft();

    double before = Arrays.stream(sums.happened(Part.START)).sum();
    assertThat(before).isBetween(1e-6, Rates.start().of(Part.START, 0));
    assertThat(before + sums.happened(Part.LEAVING)[0]).isCloseTo(left, within(1e-9));
    assertThat(before + Arrays.stream(sums.happened(Part.ATTACHMENT)).sum())
        .isCloseTo(left, within(1e-9));
  }

  @Test
  void aLongHistoryOfManyVehiclesDoesNotRunOutOfDigits() {
    VehicleHistory busy =
        person(
                7_000,
                IntStream.rangeClosed(1, 300)
                    .mapToObj(i -> visit(7_000 - 23 * i, Purpose.REPAIR))
                    .toArray(Visit[]::new))
            .vehicles()
            .get(0);
    PersonHistory person =
        new PersonHistory(DAY, Collections.nCopies(4, busy), new int[0], new int[0], null);

    Outlook outlook = Outlooks.of(person, Rates.start(), 26);
    Sums sums = new Sums();
    HiddenLeaving.expect(person, Rates.start(), sums);

    // Far below the least number there is, e to the power of -745.
    assertThat(sums.logLikelihood()).isLessThan(-2_000);
    assertThat(outlook.hasLeft()).isCloseTo(left(sums), within(1e-9));
  }

  @Test
  void silenceBeyondTheDueDaySpeaksForLeavingAndAVisitAgainst() {
    double fresh = hasLeft(person(900, everyHalfYear(900, 100)));
    double late = hasLeft(person(900, everyHalfYear(900, 200)));
    double silent = hasLeft(person(900, everyHalfYear(900, 400)));
    assertThat(fresh).isLessThan(late);
    assertThat(late).isLessThan(silent);

    Visit[] back = Arrays.copyOf(everyHalfYear(900, 400), everyHalfYear(900, 400).length + 1);
    back[back.length - 1] = visit(20, Purpose.MAINTENANCE);
    assertThat(hasLeft(person(900, back))).isLessThan(silent / 2);
  }

  @Test
  void somethingGoneWrongSpeaksForLeaving() {
    PersonHistory content = person(700, everyHalfYear(700, 250));
    PersonHistory sore =
        new PersonHistory(
            DAY, content.vehicles(), new int[] {DAY - 250, DAY - 240}, new int[0], null);
    assertThat(hasLeft(sore)).isGreaterThan(hasLeft(content));

    Outlook ofSore = Outlooks.of(sore, Rates.start(), 26);
    Outlook ofContent = Outlooks.of(content, Rates.start(), 26);
    assertThat(ofSore.noVisit()).isGreaterThan(ofSore.noVisitContent());
    assertThat(ofSore.noVisitContent()).isEqualTo(ofContent.noVisit());
    assertThat(ofContent.noVisitContent()).isEqualTo(ofContent.noVisit());
  }

  @Test
  void aLargeBillIsToldApartFromWhatWentWrong() {
    PersonHistory content = person(700, everyHalfYear(700, 250));
    int[] day = {DAY - 240};
    Outlook both = Outlooks.of(with(content, day, day), Rates.start(), 26);
    Outlook sore = Outlooks.of(with(content, day, new int[0]), Rates.start(), 26);
    Outlook billed = Outlooks.of(with(content, new int[0], day), Rates.start(), 26);

    assertThat(both.noVisit()).isGreaterThan(sore.noVisit());
    assertThat(both.noVisitUnbilled()).isEqualTo(sore.noVisit());
    assertThat(both.noVisitContent()).isEqualTo(billed.noVisitUnbilled());
    assertThat(sore.noVisitUnbilled()).isEqualTo(sore.noVisit());
    assertThat(billed.noVisit()).isEqualTo(sore.noVisit());
    assertThat(billed.noVisitContent()).isEqualTo(billed.noVisitUnbilled());
  }

  private static PersonHistory with(PersonHistory person, int[] aggrieved, int[] billed) {
    return new PersonHistory(DAY, person.vehicles(), aggrieved, billed, person.wayKm());
  }

  @Test
  void thePosteriorsOfOnePersonAddUp() {
    Sums sums = new Sums();
    HiddenLeaving.expect(person(700, everyHalfYear(700, 250)), Rates.start(), sums);

    assertThat(Arrays.stream(sums.happened(Part.CLASS)).sum()).isCloseTo(1, within(1e-9));
    // Two visits after the first one, whoever and whenever.
    assertThat(Arrays.stream(sums.happened(Part.CURVE)).sum()).isCloseTo(2, within(1e-9));
    assertThat(Arrays.stream(sums.happened(Part.DILIGENCE)).sum()).isCloseTo(2, within(1e-9));
    assertThat(Arrays.stream(sums.happened(Part.LEAVING)).sum()).isBetween(0.0, 1.0);
    assertThat(Arrays.stream(sums.expected(Part.CURVE)).min().orElseThrow()).isNotNegative();
    double ofMaintenance = Arrays.stream(sums.expected(Part.CURVE)).sum();
    assertThat(Arrays.stream(sums.expected(Part.AGE)).sum()).isCloseTo(ofMaintenance, within(1e-9));
  }

  @Test
  void whoHoldsNoVehicleHasANeutralOutlook() {
    PersonHistory nobody = new PersonHistory(DAY, List.of(), new int[0], new int[0], null);
    assertThat(Outlooks.of(nobody, Rates.start(), 26)).isEqualTo(Outlook.UNKNOWN);
    Sums sums = new Sums();
    HiddenLeaving.expect(nobody, Rates.start(), sums);
    assertThat(sums.persons()).isZero();
  }

  @Test
  void aSecondVehicleMakesAVisitMoreLikely() {
    PersonHistory one = person(700, everyHalfYear(700, 100));
    PersonHistory two =
        new PersonHistory(
            DAY,
            List.of(one.vehicles().get(0), one.vehicles().get(0)),
            new int[0],
            new int[0],
            null);
    assertThat(Outlooks.of(two, Rates.start(), 26).noVisit())
        .isLessThan(Outlooks.of(one, Rates.start(), 26).noVisit());
  }

  @Test
  void aTinyIntervalGivesNumbers() {
    PersonHistory odd =
        new PersonHistory(
            DAY,
            List.of(
                new VehicleHistory(
                    DAY - 400,
                    DAY - 400,
                    DAY,
                    30,
                    1_000,
                    400,
                    new int[] {DAY - 400},
                    new Purpose[] {Purpose.MAINTENANCE},
                    new int[] {0})),
            new int[0],
            new int[0],
            null);
    Sums sums = new Sums();
    HiddenLeaving.expect(odd, Rates.start(), sums);
    assertThat(sums.logLikelihood()).isFinite();
    assertThat(Outlooks.of(odd, Rates.start(), 26).noVisit()).isBetween(0.0, 1.0);
  }

  private static double left(Sums sums) {
    return Arrays.stream(sums.happened(Part.START)).sum() + sums.happened(Part.LEAVING)[0];
  }

  /** With leaving rarer than at the start of a fit. */
  private static double hasLeft(PersonHistory person) {
    Rates rates = Rates.start();
    rates.of(Part.LEAVING)[0] = 0.0005;
    return Outlooks.of(person, rates, 26).hasLeft();
  }

  /** Due by distance; at its first visit alone the odometer was read. */
  private static PersonHistory driver() {
    return new PersonHistory(
        DAY,
        List.of(
            new VehicleHistory(
                DAY - 70,
                DAY - 70,
                DAY + 1_000,
                365,
                8_000,
                100,
                new int[] {DAY - 70, DAY - 30},
                new Purpose[] {Purpose.MAINTENANCE, Purpose.REPAIR},
                new int[] {10, -1})),
        new int[0],
        new int[0],
        5.0);
  }

  private record Visit(int daysAgo, Purpose purpose) {}

  private static Visit visit(int daysAgo, Purpose purpose) {
    return new Visit(daysAgo, purpose);
  }

  /** Maintenance from so many days ago on, the last one at least so long ago. */
  private static Visit[] everyHalfYear(int sinceDaysAgo, int lastDaysAgo) {
    return IntStream.iterate(
            sinceDaysAgo - 190, daysAgo -> daysAgo >= lastDaysAgo, daysAgo -> daysAgo - 190)
        .mapToObj(daysAgo -> visit(daysAgo, Purpose.MAINTENANCE))
        .toArray(Visit[]::new);
  }

  private static PersonHistory person(int sinceDaysAgo, Visit... visits) {
    int since = DAY - sinceDaysAgo;
    return new PersonHistory(
        DAY,
        List.of(
            new VehicleHistory(
                since,
                since,
                since + 1096,
                183,
                1e6,
                30,
                Arrays.stream(visits).mapToInt(visit -> DAY - visit.daysAgo()).toArray(),
                Arrays.stream(visits).map(Visit::purpose).toArray(Purpose[]::new),
                Arrays.stream(visits).mapToInt(visit -> -1).toArray())),
        new int[0],
        new int[0],
        5.0);
  }
}
