package io.servicelake.ml.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.ml.MadeUpRows;
import io.servicelake.ml.ModelCardRow;
import io.servicelake.ml.Trained;
import io.servicelake.ml.TrainedModels;
import io.servicelake.ml.TrainingRun;
import io.servicelake.ml.cluster.ClusterParameters;
import io.servicelake.ml.cluster.Stability;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SegmentTrainerTest {
  private static final LocalDate DAY = LocalDate.of(2025, 6, 30);
  private static final TrainingRun RUN = new TrainingRun(DAY, 42, "test", Map.of());

  private static Dataset<Row> snapshots;
  private static Trained<SegmentModel> trained;

  @BeforeAll
  static void train() {
    TestRows rows = TestRows.of(CustomerSnapshots.TABLE);
    for (int i = 0; i < 400; i++) {
      boolean isRegular = i % 2 == 0;
      rows.row(
          CustomerSnapshots.CUSTOMER_ID, "c%03d".formatted(i),
          CustomerSnapshots.SNAPSHOT_ON, DAY,
          CustomerSnapshots.HOME_DEALER_ID, "d1",
          CustomerSnapshots.MEMBER_TIER, isRegular ? "DIAMOND" : null,
          CustomerSnapshots.DISTANCE_KM, isRegular ? 3.0 : 28.0,
          CustomerSnapshots.LAST_VISIT_ON, DAY.minusDays(isRegular ? 20 + i % 40 : 500 + i % 90),
          CustomerSnapshots.VISITS_COUNT, isRegular ? 9 : 2,
          CustomerSnapshots.VISITS_24M_COUNT, isRegular ? 4 + i % 3 : 1,
          CustomerSnapshots.APPOINTMENTS_24M_COUNT, isRegular ? 4 : 0,
          CustomerSnapshots.DEALERS_24M_COUNT, 1,
          CustomerSnapshots.MEAN_GAP_DAYS, isRegular ? 170.0 : 300.0,
          CustomerSnapshots.NET_24M_AMOUNT_MINOR,
              isRegular ? 900_000L + 1000L * i : 40_000L + 100L * i,
          CustomerSnapshots.VEHICLE_SOLD_ON, DAY.minusYears(isRegular ? 3 : 11),
          CustomerSnapshots.KM_PER_DAY, isRegular ? 45.0 : 8.0,
          CustomerSnapshots.REACHED_12M_COUNT, isRegular ? 2 : 0);
    }
    snapshots = MadeUpRows.build(rows);
    trained = SegmentTrainer.train(snapshots, RUN, two());
  }

  private static SegmentParameters two() {
    SegmentParameters all = SegmentParameters.defaults();
    return new SegmentParameters(
        all.weights(),
        all.coreCut(),
        all.spendQuantile(),
        all.fullVisits(),
        all.bestAgeYears(),
        all.lastAgeYears(),
        all.fullKmPerDay(),
        all.nearKm(),
        all.farKm(),
        all.fullContacts(),
        all.tiers(),
        new ClusterParameters(2, 3, 20, 1000, 20));
  }

  @Test
  void whoHasAllTraitsIsCoreAndWhoHasNoneIsNot() {
    Dataset<Row> scores = model().score(snapshots, DAY);

    assertThat(scores.schema().fieldNames())
        .containsExactly(CustomerSegments.TABLE.fieldNames().toArray(String[]::new));
    assertThat(scores.where(CustomerSegments.IS_CORE.col()).count()).isEqualTo(200);
    assertThat(
            scores
                .where(
                    CustomerSegments.IS_CORE
                        .col()
                        .and(CustomerSegments.CLUSTER_NO.col().notEqual(1)))
                .count())
        .isZero();
  }

  @Test
  void clustersAreNumberedBySpendAndNamedFromTheirCentroids() {
    assertThat(model().labels())
        .containsExactly(
            new BehaviourClusters.Label("frequent, high spend, recent", "高频·高消费·近期"),
            new BehaviourClusters.Label("rare, low spend, long ago", "低频·低消费·久未到店"));
  }

  @Test
  void tiersFollowTheShareOfAllSpendAndStableClustersAreFoundAgain() {
    // 200 regulars spend 900,000 and more, the others 40,000 to 80,000: half and four fifths of all
    // spend lie among the regulars.
    Map<String, Long> tiers =
        model()
            .score(snapshots, DAY)
            .groupBy(CustomerSegments.VALUE_TIER.col())
            .count()
            .collectAsList()
            .stream()
            .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
    assertThat(tiers.get("A")).isBetween(90L, 110L);
    assertThat(tiers.get("B")).isBetween(50L, 75L);
    assertThat(model().clusters().stability()).isEqualTo(new Stability(1, 1, 1, 20));
  }

  @Test
  void traitsLieBetweenNothingAndFullMarks() {
    for (var trait :
        new io.servicelake.contract.Field[] {
          CustomerSegments.SPEND_SCORE,
          CustomerSegments.VEHICLE_SCORE,
          CustomerSegments.PROXIMITY_SCORE,
          CustomerSegments.LOYALTY_SCORE,
          CustomerSegments.PARTICIPATION_SCORE,
          CustomerSegments.CORE_SCORE
        }) {
      assertThat(
              model()
                  .score(snapshots, DAY)
                  .where(trait.col().between(0, 1).and(trait.col().isNotNull()))
                  .count())
          .as(trait.name())
          .isEqualTo(400);
    }
  }

  @Test
  void aPersonOfWhomLittleIsKnownIsScoredNeutrally() {
    Dataset<Row> unknown =
        TestRows.of(CustomerSnapshots.TABLE)
            .row(
                CustomerSnapshots.CUSTOMER_ID, "new",
                CustomerSnapshots.SNAPSHOT_ON, DAY,
                CustomerSnapshots.LAST_VISIT_ON, DAY)
            .build();

    Row row = model().score(unknown, DAY).head();

    assertThat(row.<Double>getAs(CustomerSegments.VEHICLE_SCORE.name())).isEqualTo(0.5);
    assertThat(row.<Double>getAs(CustomerSegments.PROXIMITY_SCORE.name())).isEqualTo(0.5);
  }

  @Test
  void aReloadedModelGivesTheSameScores() {
    assertThat(MadeUpRows.sorted(TrainedModels.fromJson(model().toJson()).score(snapshots, DAY)))
        .isEqualTo(MadeUpRows.sorted(model().score(snapshots, DAY)));
  }

  @Test
  void theOrderOfRowsDoesNotChangeTheModel() {
    assertThat(
            SegmentTrainer.train(MadeUpRows.shuffled(snapshots), RUN, two())
                .model()
                .orElseThrow()
                .toJson())
        .isEqualTo(model().toJson());
  }

  @Test
  void withoutSnapshotsThereIsNoModel() {
    Trained<SegmentModel> none =
        SegmentTrainer.train(TestRows.of(CustomerSnapshots.TABLE).build(), RUN, two());

    assertThat(none.model()).isEmpty();
    assertThat(none.card().get(0).result().metric()).isEqualTo(ModelCardRow.NOT_TRAINED);
  }

  private static SegmentModel model() {
    return trained.model().orElseThrow();
  }
}
