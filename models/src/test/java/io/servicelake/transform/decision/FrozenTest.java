package io.servicelake.transform.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.score.ChurnScores;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class FrozenTest {
  private final TestRows scores = TestRows.of(ChurnScores.TABLE);

  @Test
  void theLastDayRunIsOpen() {
    scoredOn("2024-05-30", "2024-05-31");
    assertThat(isFrozen("2024-05-31")).isFalse();
  }

  @Test
  void anEarlierDayStandsAsDecided() {
    scoredOn("2024-05-30", "2024-05-31");
    assertThat(isFrozen("2024-05-30")).isTrue();
  }

  @Test
  void aDayPassedOverDecidesNothingAfterwards() {
    scoredOn("2024-05-31");
    assertThat(isFrozen("2024-05-30")).isTrue();
  }

  private boolean isFrozen(String day) {
    return Frozen.isFrozen(LocalDate.parse(day), scores.build(), ChurnScores.SCORED_ON);
  }

  private void scoredOn(String... days) {
    for (String day : days) {
      scores.row(ChurnScores.SCORED_ON, LocalDate.parse(day));
    }
  }
}
