package io.servicelake.ml.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.ml.Json;
import io.servicelake.ml.evaluation.Ranking;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AttritionTrainerTest {
  private static final LocalDate DAY = LocalDate.of(2025, 3, 31);
  private static final int WINDOW_DAYS = 182;
  private static final AttritionSettings SETTINGS = new AttritionSettings(2_000, 20, 1e-4, 2);
  private static final int NO_VISIT = 1;
  private static final int HAS_LEFT = 4;
  private static final int STAYING = 5;
  private static final double LARGE_BILL = 100_000;

  private static AttritionModel model;
  private static Lives lives;
  private static Map<String, Row> outlooks;

  @BeforeAll
  static void fit() {
    model =
        AttritionTrainer.fit(
            new Lives(1_500, DAY, WINDOW_DAYS, 5).snapshots(), LARGE_BILL, SETTINGS);
    lives = new Lives(1_500, DAY, WINDOW_DAYS, 6);
    outlooks = outlooks(lives, model);
  }

  private static Map<String, Row> outlooks(Lives of, AttritionModel by) {
    Column outlook = by.outlook(WINDOW_DAYS, LARGE_BILL);
    Map<String, Row> byPerson = new HashMap<>();
    of.snapshots()
        .select(CustomerSnapshots.CUSTOMER_ID.col(), outlook.as("outlook"))
        .select(CustomerSnapshots.CUSTOMER_ID.col(), functions.col("outlook.*"))
        .collectAsList()
        .forEach(row -> byPerson.put(row.getString(0), row));
    return byPerson;
  }

  /** Persons other than those learned from. */
  @Test
  void whoHasLeftIsToldByTheHistory() {
    // The days since the last visit alone reach 0.90 here; a wrong chain falls to 0.5.
    assertThat(auc(HAS_LEFT, lives.hasLeft)).isGreaterThan(0.9);
    double share = outlooks.values().stream().mapToDouble(row -> row.getDouble(HAS_LEFT)).sum();
    long left = lives.hasLeft.values().stream().filter(Boolean::booleanValue).count();
    // A binomial share of 1,500 errs by 0.012; the rest is what steps of a week blur.
    assertThat(share / outlooks.size()).isCloseTo((double) left / outlooks.size(), within(0.06));
  }

  @Test
  void theProbabilityOfNoVisitIsTheShareThatDoesNotCome() {
    double expected =
        outlooks.values().stream().mapToDouble(row -> row.getDouble(NO_VISIT)).average().orElse(0);
    long away = lives.came.values().stream().filter(came -> !came).count();
    assertThat(expected).isCloseTo((double) away / outlooks.size(), within(0.05));
    assertThat(auc(NO_VISIT, not(lives.came))).isGreaterThan(0.75);
    outlooks
        .values()
        .forEach(
            row -> assertThat(row.getDouble(STAYING)).isLessThanOrEqualTo(row.getDouble(NO_VISIT)));
  }

  @Test
  void whatMakesPersonsLeaveIsLearned() {
    List<Double> grievance = model.rates().get(Part.GRIEVANCE);
    // Made up with 20 times the hazard for 90 days, and the cells blur days and fading.
    assertThat(grievance.get(3) / grievance.get(0)).isGreaterThan(4);
    // A tenth of the visits are left after leaving; the fit begins at 0.3 for repairs.
    assertThat(model.rates().get(Part.REMAINING).get(Purpose.MAINTENANCE.ordinal()))
        .isBetween(0.02, 0.25);
    assertThat(model.rates().get(Part.REMAINING).get(Purpose.REPAIR.ordinal()))
        .isBetween(0.02, 0.2);
  }

  @Test
  void whoHadLeftBeforeTheFirstVisitIsLearned() {
    List<Double> start = model.rates().get(Part.START);
    // All of those, none of these, some of whom left soon; the fit begins at 0.02 for both.
    assertThat(start.get(Cells.start(Purpose.REPAIR, 0))).isGreaterThan(0.5);
    assertThat(start.get(Cells.start(Purpose.MAINTENANCE, 0))).isLessThan(0.05);
  }

  @Test
  void theSharesOfTheClassesAreLearned() {
    List<Double> shares = model.rates().get(Part.CLASS);
    assertThat(shares.stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(1, within(1e-4));
    // Evenly spread at the start: few persons are of the class that leaves at once.
    assertThat(shares.stream().mapToDouble(Double::doubleValue).max().orElseThrow())
        .isGreaterThan(1.5 / shares.size());
  }

  @Test
  void theFitRaisesTheLikelihood() {
    Lives same = new Lives(1_500, DAY, WINDOW_DAYS, 5);
    double early =
        AttritionTrainer.fit(same.snapshots(), LARGE_BILL, new AttritionSettings(2_000, 2, 0, 2))
            .logLikelihood();
    assertThat(model.logLikelihood()).isGreaterThan(early);
    assertThat(model.persons()).isEqualTo(1_500);
  }

  @Test
  void twoFitsGiveTheSameModelWhateverTheOrderOfRows() {
    AttritionSettings few = new AttritionSettings(2_000, 3, 0, 2);
    Lives some = new Lives(300, DAY, WINDOW_DAYS, 7);
    AttritionModel one = AttritionTrainer.fit(some.snapshots(), LARGE_BILL, few);
    AttritionModel other =
        AttritionTrainer.fit(
            some.snapshots().repartition(7).orderBy(functions.desc("customer_id")),
            LARGE_BILL,
            few);
    assertThat(Json.write(other)).isEqualTo(Json.write(one));
  }

  @Test
  void aModelReadBackGivesTheSameOutlooks() {
    AttritionModel read = Json.read(Json.write(model), AttritionModel.class);
    assertThat(outlooks(new Lives(200, DAY, WINDOW_DAYS, 8), read))
        .isEqualTo(outlooks(new Lives(200, DAY, WINDOW_DAYS, 8), model));
  }

  @Test
  void ratesOfAnotherVersionAreRefused() {
    String json = Json.write(model).replaceFirst("(?s)\"START\"[^]]*],", "");
    assertThat(json).doesNotContain("START");
    assertThatThrownBy(() -> Json.read(json, AttritionModel.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("START")
        .hasMessageContaining("Train the model again");
  }

  @Test
  void aFitOnNobodyCallsNobodyGone() {
    Lives nobody = new Lives(0, DAY, WINDOW_DAYS, 9);
    AttritionModel empty = AttritionTrainer.fit(nobody.snapshots(), LARGE_BILL, SETTINGS);
    assertThat(empty.rates().get(Part.START)).allMatch(share -> share < 0.1);
  }

  private static Map<String, Boolean> not(Map<String, Boolean> of) {
    Map<String, Boolean> result = new HashMap<>();
    of.forEach((person, is) -> result.put(person, !is));
    return result;
  }

  private static double auc(int column, Map<String, Boolean> of) {
    List<String> persons = outlooks.keySet().stream().sorted().toList();
    boolean[] isPositive = new boolean[persons.size()];
    for (int i = 0; i < isPositive.length; i++) {
      isPositive[i] = of.get(persons.get(i));
    }
    Ranking ranking =
        new Ranking(
            persons.stream()
                .mapToDouble(person -> outlooks.get(person).getDouble(column))
                .toArray(),
            isPositive);
    return ranking.auc(ranking.once());
  }
}
