package io.servicelake.jobs.bi;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.serving.CampaignResults;
import io.servicelake.contract.serving.ModelReport;
import io.servicelake.contract.serving.OfferFairness;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.ml.ModelCardRow;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Codes of the contracts against the words the boards have for them. */
class CodesInWordsTest {
  private static final Pattern TOLD = Pattern.compile("\\b([A-Z][A-Z0-9_]+)\\b");
  private static final Pattern WORDED = Pattern.compile("WHEN '([A-Z0-9_]+)' THEN");

  @Test
  void everyCodeOfAContractHasWords() {
    assertThat(
            List.of(
                WinbackList.STATE,
                WinbackList.TASK,
                WinbackList.MARGIN_BASIS,
                WinbackList.CALLER_ROLE))
        .allSatisfy(field -> assertWorded(WinbackList.TABLE, field));
    assertWorded(CampaignResults.TABLE, CampaignResults.VERDICT);
    assertWorded(OfferFairness.TABLE, OfferFairness.ATTRIBUTE);
    assertWorded(ModelReport.TABLE, ModelReport.MODEL_NAME);
    assertWorded(ModelReport.TABLE, ModelReport.VERDICT);
  }

  @Test
  void everyHoldReasonAndStateHasWordsInTheStandingOfACandidate() {
    Set<String> codes = told(WinbackList.HOLD_REASON);
    Set<String> ofCandidates = told(WinbackCandidates.HOLD_REASON);
    assertThat(codes)
        .containsAll(ofCandidates)
        .contains("NO_PHONE")
        .hasSize(ofCandidates.size() + 1);
    assertThat(codes).as("only a list can come too late").contains("WINDOW_OVER");
    codes.addAll(told(WinbackList.STATE));
    assertThat(found(WORDED, WinbackData.STANDING.expression())).isEqualTo(codes);
  }

  @Test
  void holdReasonWithoutWordsStandsAsItIsBeforeTheState() {
    assertThat(WinbackData.STANDING.expression()).contains("ELSE COALESCE(hold_reason, CASE state");
  }

  @Test
  void everyChartOfModelCardsMarksAModelThatWasNotPutInUse() {
    List<BoardChart> charts =
        charts().filter(chart -> chart.dataset().table() == ModelReport.TABLE).toList();
    assertThat(charts)
        .hasSizeGreaterThan(2)
        .allSatisfy(
            chart ->
                assertThat(shown(chart))
                    .as(chart.name())
                    .anyMatch(column -> column.expression().contains(ModelCardRow.NOT_PUT_IN_USE)));
  }

  @Test
  void fairnessShowsTheFlagOfTheShareAndThatOfTheDiscount() {
    BoardChart fairness =
        charts().filter(chart -> chart.name().equals("offer-fairness")).findFirst().orElseThrow();
    assertThat(shown(fairness))
        .extracting(DerivedColumn::expression)
        .anyMatch(expression -> expression.contains("WHEN is_share_flagged THEN"))
        .anyMatch(expression -> expression.contains("WHEN is_flagged THEN"));
  }

  private static void assertWorded(TableContract table, Field codes) {
    DerivedColumn words =
        charts()
            .map(BoardChart::dataset)
            .filter(dataset -> dataset.table() == table)
            .flatMap(dataset -> dataset.derivedColumns().stream())
            .filter(column -> column.name().equals(DerivedColumn.wordsName(codes)))
            .findFirst()
            .orElseThrow();
    assertThat(found(WORDED, words.expression())).as(codes.name()).isEqualTo(told(codes));
  }

  private static Set<String> told(Field codes) {
    return found(TOLD, codes.meaning());
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** Derived columns on the axis or in the table. */
  private static List<DerivedColumn> shown(BoardChart chart) {
    return chart.dataset().derivedColumns().stream()
        .filter(
            column ->
                column.name().equals(chart.params().get("x_axis"))
                    || chart.params().get("all_columns") instanceof List<?> columns
                        && columns.contains(column.name()))
        .toList();
  }

  private static Stream<BoardChart> charts() {
    return SupersetBundle.dashboards().stream().flatMap(dashboard -> dashboard.charts().stream());
  }
}
