package io.servicelake.ml.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.TestRows;
import io.servicelake.contract.Field;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.contract.score.ModelCards;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.ml.MadeUpRows;
import io.servicelake.ml.ModelCardRow;
import io.servicelake.ml.TimeSplit;
import io.servicelake.ml.Trained;
import io.servicelake.ml.TrainedModel;
import io.servicelake.ml.TrainedModels;
import io.servicelake.ml.TrainingRun;
import io.servicelake.ml.attrition.AttritionSettings;
import io.servicelake.ml.evaluation.BinaryEvaluation;
import io.servicelake.ml.evaluation.Verdict;
import io.servicelake.ml.linear.LogisticParameters;
import io.servicelake.ml.trees.TreeParameters;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChurnTrainerTest {
  private static final LocalDate AS_OF = LocalDate.of(2025, 7, 12);
  private static final TrainingRun RUN =
      new TrainingRun(AS_OF, 42, "test", Map.of("feature.customer_snapshots", 3L));
  private static final ChurnParameters PARAMETERS =
      new ChurnParameters(
          180,
          365,
          24,
          new TimeSplit.Spacing(4, 9, 2, 8),
          20_000,
          20_000,
          2,
          200,
          new LogisticParameters(1e-3, 0.2, 40),
          new TreeParameters(40, 3, 0.15, 20, 5, 0.7, 0.6),
          new AttritionSettings(500, 4, 0, 2));

  private static final Set<String> REASONS =
      Arrays.stream(ChurnReason.values()).map(ChurnReason::name).collect(Collectors.toSet());

  private static Dataset<Row> snapshots;
  private static Dataset<Row> identities;
  private static Dataset<Row> visits;
  private static Trained<ChurnModel> trained;

  @BeforeAll
  static void train() {
    ServiceHistory history = new ServiceHistory(1200, YearMonth.of(2021, 7), 48, 5);
    snapshots = history.snapshots();
    identities = history.identities();
    visits = history.visits();
    trained =
        ChurnTrainer.train(
            new ChurnInputs(snapshots, identities, visits, null, null), RUN, PARAMETERS);
  }

  @Test
  void theModelBeatsDaysSinceTheLastVisit() {
    assertThat(card(ChurnTrainer.CHURN_180D, BinaryEvaluation.AUC).result().verdict())
        .isEqualTo(Verdict.BEATS_RULE);
    assertThat(card(ChurnTrainer.CHURN_180D, BinaryEvaluation.BRIER).result().verdict())
        .isEqualTo(Verdict.BEATS_RULE);
  }

  @Test
  void probabilitiesAreCalibrated() {
    // 10 bins of about 100 rows: a perfect model shows about 0.8 * sqrt(p(1-p)/100) = 0.035 in the
    // mean of absolute differences; twice that leaves room for what the model does not know.
    assertThat(card(ChurnTrainer.CHURN_180D, BinaryEvaluation.CALIBRATION_ERROR).result().value())
        .isLessThan(0.07);
  }

  @Test
  void theCardFollowsItsContractAndNamesTheSplit() {
    Dataset<Row> cards = ModelCardRow.toDataset(snapshots.sparkSession(), trained.card());

    assertThat(cards.schema()).isEqualTo(ModelCards.TABLE.schema());
    assertThat(cards.select(ModelCards.MODEL_ID.col(), ModelCards.METRIC.col()).distinct().count())
        .isEqualTo(cards.count());
    ModelCardRow auc = card(ChurnTrainer.CHURN_180D, BinaryEvaluation.AUC);
    assertThat(auc.span().trainUntilOn()).isBeforeOrEqualTo(auc.span().testFromOn());
    assertThat(auc.span().testUntilOn()).isBeforeOrEqualTo(LocalDate.of(2025, 6, 30));
    assertThat(auc.span().testCount()).isPositive();
  }

  @Test
  void scoresFollowTheirContract() {
    Dataset<Row> scores = model().score(snapshots, AS_OF);

    assertThat(scores.schema().fieldNames())
        .containsExactly(ChurnScores.TABLE.fieldNames().toArray(String[]::new));
    assertThat(scores.count()).isPositive();
    assertThat(
            scores
                .where(
                    ChurnScores.REASON_CODE_1
                        .col()
                        .isNull()
                        .or(ChurnScores.CHURN_180D_PROBABILITY.col().isNull())
                        .or(
                            ChurnScores.REASON_CODE_1
                                .col()
                                .equalTo(ChurnScores.REASON_CODE_2.col())))
                .count())
        .isZero();
  }

  @Test
  void aReloadedModelGivesTheSameScores() {
    TrainedModel reloaded = TrainedModels.fromJson(model().toJson());

    assertThat(reloaded.toJson()).isEqualTo(model().toJson());
    assertThat(MadeUpRows.sorted(reloaded.score(snapshots, AS_OF)))
        .isEqualTo(MadeUpRows.sorted(model().score(snapshots, AS_OF)));
  }

  @Test
  void theCardAndTheManifestTellThatTheModelWasPutInUse() {
    assertThat(card(ChurnTrainer.CHURN_180D, Takeover.PUT_IN_USE).result().value()).isEqualTo(1);
    assertThat(model().manifest().split())
        .contains("put in use: it beats both rules, none was in use before it");
    assertThat(model().manifest().metrics()).containsEntry(Takeover.PUT_IN_USE, 1.0);
  }

  @Test
  void theModelInUseStaysWhereVisitsCannotBeForeseen() {
    Trained<ChurnModel> again =
        ChurnTrainer.train(
            new ChurnInputs(
                snapshots,
                identities,
                visits.withColumn(
                    ServiceVisits.CUSTOMER_ID.name(),
                    functions.format_string(
                        "c%05d",
                        functions.pmod(
                            functions.xxhash64(ServiceVisits.REPAIR_ORDER_ID.col()),
                            functions.lit(1200)))),
                new Incumbent(model(), false),
                null),
            RUN,
            PARAMETERS);

    assertThat(again.model()).contains(model());
    ModelCardRow decision = card(again, ChurnTrainer.CHURN_180D, Takeover.PUT_IN_USE);
    assertThat(decision.result().value()).isZero();
    assertThat(decision.split())
        .contains("not put in use: its AUC does not beat both rules", model().modelId());
    assertThat(decision.modelId()).isNotEqualTo(model().modelId());
    assertThat(card(again, ChurnTrainer.DEALER_CHURN_180D, Takeover.PUT_IN_USE).result().value())
        .isZero();
  }

  @Test
  void theOrderOfRowsDoesNotChangeTheModel() {
    Trained<ChurnModel> again =
        ChurnTrainer.train(
            new ChurnInputs(
                MadeUpRows.shuffled(snapshots),
                MadeUpRows.shuffled(identities),
                MadeUpRows.shuffled(visits),
                null,
                null),
            RUN,
            PARAMETERS);

    assertThat(again.model().orElseThrow().toJson()).isEqualTo(model().toJson());
  }

  @Test
  void aComebackIsGivenAsTheReasonWhereItRaisesTheScoreMost() {
    int most = 0;
    for (Row row : scoredOnTheLastDay()) {
      Map<String, Double> parts = new HashMap<>(row.getJavaMap(2));
      parts.keySet().retainAll(REASONS);
      double experience = parts.getOrDefault(ChurnReason.EXPERIENCE.name(), 0.0);
      List<String> named = Arrays.asList(row.getString(0), row.getString(1));
      boolean isRecent = row.getBoolean(4);
      if (!isRecent) {
        assertThat(named).doesNotContain(ChurnReason.EXPERIENCE.name());
      } else if (experience > 0 && experience == Collections.max(parts.values())) {
        most++;
        // Only a warranty that ended within the year comes before it.
        if (row.getBoolean(5)) {
          assertThat(named.get(1)).isEqualTo(ChurnReason.EXPERIENCE.name());
        } else {
          assertThat(named.get(0)).isEqualTo(ChurnReason.EXPERIENCE.name());
        }
      }
    }
    assertThat(most).isGreaterThan(20);
  }

  @Test
  void contributionsInTheScoresAddUpToTheLogitOfTheProbability() {
    int compared = 0;
    for (Row row : scoredOnTheLastDay()) {
      double probability = row.getDouble(3);
      if (Math.min(probability, 1 - probability) < 1e-4) {
        continue; // Six digits of it do not tell the logit.
      }
      compared++;
      double sum =
          row.<String, Double>getJavaMap(2).values().stream()
              .mapToDouble(Double::doubleValue)
              .sum();
      // Six digits of each part, single precision of the trees, and those of the probability.
      double least = Math.min(probability, 1 - probability) - 5e-7;
      double digits = 1e-5 + 2e-5 + 5e-7 / (least * (1 - least));
      assertThat(sum).isCloseTo(Math.log(probability / (1 - probability)), within(digits));
    }
    assertThat(compared).isGreaterThan(100);
  }

  /**
   * Reasons, contributions, probability; whether the last comeback is within a year, and whether
   * the warranty ended within a year and is not spoken against.
   */
  private static List<Row> scoredOnTheLastDay() {
    LocalDate day = LocalDate.of(2025, 6, 30);
    Column warranty =
        functions.element_at(
            ChurnScores.CONTRIBUTIONS.col(), functions.lit(ChurnReason.WARRANTY_ENDED.name()));
    List<Row> rows =
        model()
            .score(snapshots, day)
            .join(
                snapshots.where(CustomerSnapshots.SNAPSHOT_ON.col().equalTo(functions.lit(day))),
                CustomerSnapshots.CUSTOMER_ID.name())
            .select(
                ChurnScores.REASON_CODE_1.col(),
                ChurnScores.REASON_CODE_2.col(),
                ChurnScores.CONTRIBUTIONS.col(),
                ChurnScores.CHURN_180D_PROBABILITY.col(),
                isWithinAYear(CustomerSnapshots.LAST_COMEBACK_ON),
                isWithinAYear(CustomerSnapshots.WARRANTY_UNTIL_ON)
                    .and(warranty.geq(ChurnScores.LEAST_CONTRIBUTION)))
            .collectAsList();
    assertThat(rows).hasSizeGreaterThan(500);
    return rows;
  }

  private static Column isWithinAYear(Field on) {
    return functions.coalesce(
        functions
            .datediff(CustomerSnapshots.SNAPSHOT_ON.col(), on.col())
            .between(0, ChurnScores.EVIDENCE_DAYS),
        functions.lit(false));
  }

  @Test
  void shortHistoryIsToldOnTheCard() {
    Trained<ChurnModel> none =
        ChurnTrainer.train(
            new ChurnInputs(
                snapshots.where(
                    CustomerSnapshots.SNAPSHOT_ON.col().geq(functions.lit("2025-03-01"))),
                identities,
                visits,
                null,
                null),
            RUN,
            PARAMETERS);

    assertThat(none.model()).isEmpty();
    assertThat(none.card()).hasSize(3);
    assertThat(none.card().get(0).result().metric()).isEqualTo(ModelCardRow.NOT_TRAINED);
    assertThat(none.card().get(0).split()).contains("2025-03-31");
    assertThat(ModelCardRow.toDataset(snapshots.sparkSession(), none.card()).count()).isEqualTo(3);
  }

  @Test
  void emptyTablesAreRefusedToo() {
    Trained<ChurnModel> none =
        ChurnTrainer.train(
            new ChurnInputs(
                TestRows.of(CustomerSnapshots.TABLE).build(),
                TestRows.of(CustomerIdentities.TABLE).build(),
                TestRows.of(ServiceVisits.TABLE).build(),
                null,
                null),
            RUN,
            PARAMETERS);

    assertThat(none.model()).isEmpty();
  }

  private static ChurnModel model() {
    return trained.model().orElseThrow();
  }

  private static ModelCardRow card(String model, String metric) {
    return card(trained, model, metric);
  }

  private static ModelCardRow card(Trained<ChurnModel> of, String model, String metric) {
    return of.card().stream()
        .filter(row -> row.modelName().equals(model) && row.result().metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }
}
