package io.servicelake.transform.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftTest {
  @Test
  void equalSharesHaveNoDriftAndATurnedShareMuch() {
    Map<String, Long> before = Map.of("A", 8_000L, "B", 2_000L);
    assertThat(Drift.ofWords(before, Map.of("A", 800L, "B", 200L)).measured())
        .isCloseTo(0, within(1e-4));
    // (0.5-0.8)·ln(0.5/0.8) + (0.5-0.2)·ln(0.5/0.2) = 0.416
    assertThat(Drift.ofWords(before, Map.of("A", 500L, "B", 500L)).measured())
        .isCloseTo(0.416, within(0.005));
    assertThat(Drift.ofWords(before, Map.of("A", 400L, "B", 100L, "NEW", 500L)).measured())
        .isGreaterThan(1);
  }

  @Test
  void chanceAloneSeldomPassesTheLimitOfChance() {
    Random random = new Random(5);
    int passed = 0;
    for (int draw = 0; draw < 1_000; draw++) {
      Drift words = Drift.ofWords(words(random, 3_000), words(random, 800));
      passed += words.measured() > words.byChance() ? 1 : 0;
    }
    // One of a thousand is expected; more than eight has a chance below 1e-5.
    assertThat(passed).isLessThanOrEqualTo(8);
  }

  @Test
  void theDistanceOfNumbersIsTheGreatestGapOfTheirDistributions() {
    Drift drift = Drift.ofNumbers(new long[] {50, 50, 0}, new long[] {20, 50, 30});
    assertThat(drift.measured()).isCloseTo(0.3, within(1e-9));
    assertThat(drift.byChance()).isCloseTo(1.949 * Math.sqrt(0.02), within(1e-9));
  }

  private static Map<String, Long> words(Random random, int count) {
    long[] found = new long[4];
    for (int i = 0; i < count; i++) {
      double at = random.nextDouble();
      found[at < 0.5 ? 0 : at < 0.8 ? 1 : at < 0.95 ? 2 : 3]++;
    }
    return Map.of("A", found[0], "B", found[1], "C", found[2], "D", found[3]);
  }
}
