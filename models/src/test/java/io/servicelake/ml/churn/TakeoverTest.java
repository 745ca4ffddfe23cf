package io.servicelake.ml.churn;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.ml.Json;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.TrainingRun;
import io.servicelake.ml.attrition.StartingRates;
import io.servicelake.ml.evaluation.BinaryEvaluation;
import io.servicelake.ml.evaluation.Interval;
import io.servicelake.ml.evaluation.MetricResult;
import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LinearTerm;
import io.servicelake.ml.linear.LogisticModel;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TakeoverTest {
  private static final LocalDate TEST_ON = LocalDate.of(2024, 12, 31);
  private static final ChurnParameters PARAMETERS = ChurnParameters.defaults();
  private static final ChurnBasis BASIS =
      new ChurnBasis(180, 200, false, null, StartingRates.model(), 250_000);
  private static final List<MetricResult> BEATS = auc(0.01);
  private static final List<MetricResult> NOT_BETTER = auc(-0.01);

  /** About half of the persons come back within the window: 0 is about their logit. */
  private static final double FAIR = 0;

  /** Far from it: the log loss of a constant rises from 0.69 to 2 and more. */
  private static final double FAR_OFF = 4;

  private static Takeover.Test test;

  @BeforeAll
  static void label() {
    ServiceHistory history = new ServiceHistory(300, YearMonth.of(2023, 1), 30, 5);
    Dataset<Row> rows =
        ChurnLabels.add(
                ChurnPopulation.of(Snapshots.on(history.snapshots(), List.of(TEST_ON)), 24),
                history.identities(),
                history.visits(),
                TEST_ON.plusDays(180))
            .cache();
    test =
        new Takeover.Test(
            TEST_ON, rows, ChurnLabels.isLost(ChurnLabels.NEXT_VISIT_ON, 180), PARAMETERS, 42);
  }

  @Test
  void aRefitIsPutInUseUnlessItIsWorseBeyondNoise() {
    assertThat(judge(FAIR, BEATS, inUse(FAIR)).isPutInUse()).isTrue();

    Takeover worse = judge(FAR_OFF, BEATS, inUse(FAIR));
    assertThat(worse.isPutInUse()).isFalse();
    assertThat(result(worse, Takeover.LOG_LOSS_GAIN).upper()).isNegative();
    assertThat(result(worse, Takeover.AUC_GAIN).value()).isZero();
    assertThat(worse.why()).contains(inUse(FAIR).id());
  }

  @Test
  void withinNoiseARefitTakesOverAndAChallengerDoesNot() {
    Interval withinNoise = new Interval(-0.02, 0.01);
    Interval worse = new Interval(-0.02, -0.01);
    Interval better = new Interval(0.01, 0.02);

    assertThat(Takeover.takesOver(withinNoise, true)).isTrue();
    assertThat(Takeover.takesOver(worse, true)).isFalse();
    assertThat(Takeover.takesOver(withinNoise, false)).isFalse();
    assertThat(Takeover.takesOver(better, false)).isTrue();
  }

  @Test
  void otherFeaturesOrSettingsHaveToBeBetterBeyondNoise() {
    Incumbent otherSettings = inUse(FAIR, Map.of("calibrationFolds", "9"), names(), false);
    Incumbent otherFeatures = inUse(FAIR, Json.flatten(PARAMETERS), List.of("recency"), false);

    assertThat(judge(FAIR, BEATS, otherSettings).isPutInUse()).isFalse();
    assertThat(judge(FAIR, BEATS, otherFeatures).isPutInUse()).isFalse();
    assertThat(judge(FAIR, BEATS, inUse(FAR_OFF, Map.of(), names(), false)).isPutInUse()).isTrue();
  }

  @Test
  void aModelHeldByRollbackStaysUntilBeatenBeyondNoise() {
    assertThat(judge(FAIR, BEATS, held(FAIR)).isPutInUse()).isFalse();
    assertThat(judge(FAIR, BEATS, held(FAR_OFF)).isPutInUse()).isTrue();
  }

  @Test
  void whatDoesNotBeatTheRulesIsNotPutInUseWhateverItTakesThePlaceOf() {
    Takeover first = judge(FAIR, NOT_BETTER, null);
    assertThat(first.isPutInUse()).isFalse();
    assertThat(result(first, Takeover.PUT_IN_USE).value()).isZero();
    assertThat(first.why()).contains("does not beat both rules", "none was in use");
    assertThat(judge(FAIR, NOT_BETTER, inUse(FAR_OFF)).isPutInUse()).isFalse();
    Takeover unmeasured = judge(FAIR, List.of(), inUse(FAR_OFF));
    assertThat(unmeasured.isPutInUse()).isFalse();
    assertThat(unmeasured.results()).hasSize(1);
    assertThat(judge(FAIR, BEATS, null).isPutInUse()).isTrue();
  }

  @Test
  void oneThatLearnedFromTheTestRowsIsNotComparedAndStaysOnlyIfHeld() {
    ChurnModel late = model(FAIR, TEST_ON.plusDays(1), Json.flatten(PARAMETERS), names());

    Takeover takeover = judge(FAIR, BEATS, new Incumbent(late, false));
    assertThat(takeover.isPutInUse()).isTrue();
    assertThat(takeover.why()).contains("cannot be compared", "labels end 2025-01-01");
    assertThat(takeover.results()).hasSize(1);
    assertThat(judge(FAIR, BEATS, new Incumbent(late, true)).isPutInUse()).isFalse();
  }

  @Test
  void oneThatThisVersionCannotScoreDoesNotStayEvenIfHeld() {
    LogisticModel logistic = new LogisticModel(0, List.of(new LinearTerm("gone", 0, 1, 1)), 1, 0);
    ChurnModel gone =
        new ChurnModel(
            24,
            new ChurnHead(
                manifest(Map.of(), List.of("gone")),
                BASIS,
                TEST_ON,
                ChurnKind.LOGISTIC,
                logistic,
                null),
            null,
            null,
            null);

    assertThat(judge(FAIR, BEATS, new Incumbent(gone, true)).isPutInUse()).isTrue();
    assertThat(new Incumbent(gone, true).canStay(PARAMETERS)).isFalse();
  }

  @Test
  void oneThatCannotBeReadDoesNotStayAndIsNamed() {
    Takeover takeover = judge(FAIR, BEATS, Incumbent.unreadable("churn_180d-old"));
    assertThat(takeover.isPutInUse()).isTrue();
    assertThat(takeover.why()).contains("churn_180d-old cannot be compared", "cannot read it");
    assertThat(Incumbent.unreadable("churn_180d-old").canStay(PARAMETERS)).isFalse();
    ChurnInputs inputs =
        new ChurnInputs(null, null, null, Incumbent.unreadable("churn_180d-old"), null);
    assertThat(inputs.kindInUse(ChurnTrainer.CHURN_180D)).isEqualTo(ChurnKind.LOGISTIC);
  }

  @Test
  void anAnswerToAnotherQuestionDoesNotStay() {
    ChurnModel of12Months =
        new ChurnModel(12, model(FAIR, TEST_ON, Map.of(), names()).group(), null, null, null);

    assertThat(judge(FAIR, BEATS, new Incumbent(of12Months, false)).why())
        .contains("180 days and persons with a visit in 12 months");
    assertThat(new Incumbent(of12Months, false).canStay(PARAMETERS)).isFalse();
    assertThat(new Incumbent(of12Months, true).canStay(PARAMETERS)).isTrue();
  }

  @Test
  void theOtherOutcomesFollowIfTheyBeatTheirRules() {
    Takeover leader = judge(FAIR, BEATS, null);

    assertThat(Takeover.following(leader, "CHURN_180D", BEATS).isPutInUse()).isTrue();
    assertThat(Takeover.following(leader, "CHURN_180D", NOT_BETTER).isPutInUse()).isFalse();
    assertThat(Takeover.following(judge(FAIR, NOT_BETTER, null), "CHURN_180D", BEATS).isPutInUse())
        .isFalse();
    assertThat(Takeover.following(null, "CHURN_180D", BEATS).isPutInUse()).isFalse();
  }

  private static Takeover judge(double logit, List<MetricResult> measured, Incumbent incumbent) {
    return Takeover.judge(
        model(logit, TEST_ON, Map.of(), names()).group(), measured, incumbent, test);
  }

  private static Incumbent inUse(double logit) {
    return inUse(logit, Json.flatten(PARAMETERS), names(), false);
  }

  private static Incumbent held(double logit) {
    return inUse(logit, Json.flatten(PARAMETERS), names(), true);
  }

  private static Incumbent inUse(
      double logit, Map<String, String> settings, List<String> features, boolean isHeld) {
    return new Incumbent(model(logit, TEST_ON, settings, features), isHeld);
  }

  /** A model that says the same of everybody. */
  private static ChurnModel model(
      double logit, LocalDate labelsUntilOn, Map<String, String> settings, List<String> features) {
    LogisticModel logistic =
        new LogisticModel(
            logit, names().stream().map(name -> new LinearTerm(name, 0, 1, 0)).toList(), 1, 0);
    return new ChurnModel(
        24,
        new ChurnHead(
            manifest(settings, features), BASIS, labelsUntilOn, ChurnKind.LOGISTIC, logistic, null),
        null,
        null,
        null);
  }

  private static ModelManifest manifest(Map<String, String> settings, List<String> features) {
    ModelManifest named =
        ModelManifest.of(
            ChurnTrainer.CHURN_180D,
            new TrainingRun(TEST_ON, 42, "test", Map.of()),
            PARAMETERS,
            features,
            "",
            Map.of(),
            settings);
    return new ModelManifest(
        named.modelId(),
        named.modelName(),
        named.asOf(),
        "test",
        42,
        Map.of(),
        settings,
        features,
        "",
        Map.of());
  }

  private static List<String> names() {
    return ChurnFeatures.shaped(BASIS).stream().map(FeatureColumn::name).toList();
  }

  private static List<MetricResult> auc(double gain) {
    return new ArrayList<>(
        List.of(
            MetricResult.against(
                BinaryEvaluation.AUC,
                0.7,
                new Interval(0.6, 0.8),
                0.65,
                new Interval(gain, gain + 0.02))));
  }

  private static MetricResult result(Takeover takeover, String metric) {
    return takeover.results().stream()
        .filter(found -> found.metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }
}
