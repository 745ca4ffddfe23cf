package io.servicelake.ml.churn;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.score.ChurnScores;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class ChurnReasonsTest {
  private static final LocalDate DAY = LocalDate.parse("2025-05-31");
  private static final LocalDate LAST_VISIT = LocalDate.parse("2024-12-01");
  private static final ChurnBasis BASIS = new ChurnBasis(180, 200, false, null, null, 250_000);
  private static final Map<ChurnReason, Double> ALL_RAISE =
      Map.of(
          ChurnReason.COMPLAINT, 0.1,
          ChurnReason.EXPERIENCE, 0.1,
          ChurnReason.PRICE, 0.1,
          ChurnReason.DISTANCE, 0.1,
          ChurnReason.WARRANTY_ENDED, 0.2,
          ChurnReason.VEHICLE_AGE, 0.3,
          ChurnReason.OVERDUE, 2.0,
          ChurnReason.HABIT, 1.0);

  @Test
  void theSpecialComesBeforeTheGeneralAndSignsLast() {
    assertThat(
            reasons(
                ALL_RAISE,
                CustomerSnapshots.OPEN_COMPLAINTS_COUNT,
                1,
                CustomerSnapshots.LAST_COMEBACK_ON,
                LAST_VISIT,
                CustomerSnapshots.HIGHEST_PAY_12M_AMOUNT_MINOR,
                250_000L,
                CustomerSnapshots.DISTANCE_KM,
                16.0,
                CustomerSnapshots.WARRANTY_UNTIL_ON,
                DAY.minusDays(366),
                CustomerSnapshots.VEHICLE_SOLD_ON,
                LocalDate.parse("2020-01-01"),
                CustomerSnapshots.DUE_ON,
                LocalDate.parse("2025-01-01")))
        .containsExactly(
            "COMPLAINT",
            "PRICE",
            "EXPERIENCE",
            "DISTANCE",
            "VEHICLE_AGE",
            "WARRANTY_ENDED",
            "OVERDUE",
            "HABIT");
  }

  @Test
  void theColumnTellsTheOrderReasonsAreNamedIn() {
    List<String> told =
        Pattern.compile("[A-Z][A-Z_]+")
            .matcher(ChurnScores.REASON_CODE_1.meaning())
            .results()
            .map(MatchResult::group)
            .distinct()
            .toList();

    assertThat(
            reasons(
                ALL_RAISE,
                CustomerSnapshots.OPEN_COMPLAINTS_COUNT,
                1,
                CustomerSnapshots.LAST_COMEBACK_ON,
                LAST_VISIT,
                CustomerSnapshots.HIGHEST_PAY_12M_AMOUNT_MINOR,
                250_000L,
                CustomerSnapshots.DISTANCE_KM,
                16.0,
                CustomerSnapshots.WARRANTY_UNTIL_ON,
                DAY.minusDays(30),
                CustomerSnapshots.VEHICLE_SOLD_ON,
                LocalDate.parse("2020-01-01"),
                CustomerSnapshots.DUE_ON,
                LocalDate.parse("2025-01-01")))
        .isEqualTo(told);
  }

  @Test
  void aSettledComplaintIsAnExperience() {
    assertThat(
            reasons(
                Map.of(ChurnReason.COMPLAINT, 0.1),
                CustomerSnapshots.LAST_COMPLAINT_ON,
                LAST_VISIT.plusDays(3),
                CustomerSnapshots.COMPLAINTS_12M_COUNT,
                1))
        .containsExactly("EXPERIENCE");
  }

  @Test
  void anExperienceCountsForAYear() {
    assertThat(reasons(ALL_RAISE, CustomerSnapshots.LAST_LATE_DELIVERY_ON, DAY.minusDays(365)))
        .contains("EXPERIENCE");
    assertThat(reasons(ALL_RAISE, CustomerSnapshots.LAST_LATE_DELIVERY_ON, DAY.minusDays(366)))
        .doesNotContain("EXPERIENCE");
  }

  @Test
  void aWarrantyThatJustEndedComesBeforeAnExperienceAndOneThatEndedLongAgoAfterIt() {
    Object[] late = {CustomerSnapshots.LAST_LATE_DELIVERY_ON, DAY.minusDays(20)};
    assertThat(
            reasons(
                ALL_RAISE,
                late[0],
                late[1],
                CustomerSnapshots.WARRANTY_UNTIL_ON,
                DAY.minusDays(30)))
        .startsWith("WARRANTY_ENDED", "EXPERIENCE");
    assertThat(
            reasons(
                ALL_RAISE,
                late[0],
                late[1],
                CustomerSnapshots.WARRANTY_UNTIL_ON,
                DAY.minusDays(400)))
        .startsWith("EXPERIENCE", "WARRANTY_ENDED");
  }

  @Test
  void aLowMarkForThePriceComesAfterAnExperience() {
    assertThat(
            reasons(
                ALL_RAISE,
                CustomerSnapshots.LAST_LATE_DELIVERY_ON,
                DAY.minusDays(20),
                CustomerSnapshots.MEAN_PRICE_MARK,
                2.0))
        .startsWith("EXPERIENCE", "PRICE");
  }

  @Test
  void aUsualBillIsNoReason() {
    assertThat(
            reasons(
                ALL_RAISE,
                CustomerSnapshots.HIGHEST_PAY_12M_AMOUNT_MINOR,
                249_999L,
                CustomerSnapshots.MEAN_PRICE_MARK,
                4.0))
        .doesNotContain("PRICE");
  }

  @Test
  void aCauseThatTheScoreSpeaksAgainstIsNotNamed() {
    assertThat(
            reasons(
                Map.of(ChurnReason.DISTANCE, -0.06, ChurnReason.HABIT, -1.0),
                CustomerSnapshots.DISTANCE_KM,
                40.0))
        .containsExactly("HABIT");
    assertThat(
            reasons(
                Map.of(ChurnReason.DISTANCE, -0.04, ChurnReason.HABIT, -1.0),
                CustomerSnapshots.DISTANCE_KM,
                40.0))
        .containsExactly("DISTANCE");
  }

  private static List<String> reasons(Map<ChurnReason, Double> raise, Object... fieldsAndValues) {
    List<Object> row =
        new ArrayList<>(
            List.of(
                CustomerSnapshots.SNAPSHOT_ON,
                DAY,
                CustomerSnapshots.LAST_VISIT_ON,
                LAST_VISIT,
                CustomerSnapshots.HIGHEST_PAY_12M_AMOUNT_MINOR,
                0L));
    row.addAll(List.of(fieldsAndValues));
    List<Column> pairs = new ArrayList<>();
    raise.forEach(
        (reason, value) -> {
          pairs.add(functions.lit(reason.name()));
          pairs.add(functions.lit(value));
        });
    return TestRows.of(CustomerSnapshots.TABLE)
        .row(row.toArray())
        .build()
        .withColumn(ChurnHead.CONTRIBUTIONS.name(), functions.map(pairs.toArray(Column[]::new)))
        .select(ChurnReasons.ranked(BASIS))
        .first()
        .getList(0);
  }
}
