package io.servicelake.transform.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.decision.Campaigns;
import io.servicelake.contract.score.ChurnScores;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrozenTest {
  private final TestRows scores = TestRows.of(ChurnScores.TABLE);
  private final TestRows campaigns = TestRows.of(Campaigns.TABLE);

  @Test
  void theLastDayRunIsOpen() {
    scoredOn("2024-05-30", "2024-05-31");
    decided("winback-2024-05-31", "2024-05-31");
    assertThat(frozenOn("2024-05-31")).isEmpty();
  }

  @Test
  void anEarlierDayStandsAsDecided() {
    scoredOn("2024-05-30", "2024-05-31");
    decided("winback-2024-05-30", "2024-05-30");
    decided("winback-2024-05-31", "2024-05-31");
    assertThat(frozenOn("2024-05-30")).contains(List.of("winback-2024-05-30"));
  }

  @Test
  void aDayPassedOverDecidesNothingAfterwards() {
    scoredOn("2024-05-31");
    decided("winback-2024-05-31", "2024-05-31");
    assertThat(frozenOn("2024-05-30")).contains(List.of());
  }

  private Optional<List<String>> frozenOn(String day) {
    return Frozen.on(
            LocalDate.parse(day),
            campaigns.build(),
            Campaigns.ASSIGNED_ON,
            scores.build(),
            ChurnScores.SCORED_ON)
        .map(
            rows ->
                rows.select(Campaigns.CAMPAIGN_ID.col()).collectAsList().stream()
                    .map(row -> row.getString(0))
                    .toList());
  }

  private void scoredOn(String... days) {
    for (String day : days) {
      scores.row(ChurnScores.SCORED_ON, LocalDate.parse(day));
    }
  }

  private void decided(String id, String day) {
    campaigns.row(Campaigns.CAMPAIGN_ID, id, Campaigns.ASSIGNED_ON, LocalDate.parse(day));
  }
}
