package io.servicelake.transform.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class UsualVolumeTest {
  @Test
  void aSeasonAndGrowthAreUsualAndAHalfWeekIsNot() {
    long[] weeks = weeks(11);
    UsualVolume.Result usual = UsualVolume.judge(weeks);

    assertThat(usual.expected()).isCloseTo(weeks[0], within(0.15 * weeks[0]));
    assertThat(Math.abs(usual.spreads())).isLessThan(4);
    weeks[0] /= 2;
    assertThat(UsualVolume.judge(weeks).spreads()).isLessThan(-4);
    weeks[0] = 0;
    assertThat(UsualVolume.judge(weeks).spreads()).isLessThan(-20);
  }

  @Test
  void usualWeeksPassInNearlyAllOfManyDraws() {
    int told = 0;
    for (int seed = 0; seed < 200; seed++) {
      told += Math.abs(UsualVolume.judge(weeks(seed)).spreads()) > 4 ? 1 : 0;
    }
    // Four spreads of a normal give 0.01 of 200; the band leaves room for the skew of counts.
    assertThat(told).isLessThanOrEqualTo(2);
  }

  @Test
  void shortHistoryIsJudgedByRecentWeeksAndNoneNotAtAll() {
    long[] few = {100, 101, 99, 103, 97, 100, 102, 98, 100, 101};
    assertThat(Math.abs(UsualVolume.judge(few).spreads())).isLessThan(1);
    assertThat(UsualVolume.judge(new long[] {5, 5}).spreads()).isNaN();
    assertThat(UsualVolume.judge(new long[0]).spreads()).isNaN();
  }

  /** Two and a quarter years, the last week first: a yearly season, growth, chance. */
  private static long[] weeks(long seed) {
    Random random = new Random(seed);
    long[] weeks = new long[117];
    for (int i = 0; i < weeks.length; i++) {
      double usual =
          400 * Math.exp(-0.002 * i) * (1 + 0.3 * Math.sin(2 * Math.PI * (i % 52) / 52.0));
      weeks[i] = Math.max(0, Math.round(usual + Math.sqrt(usual) * random.nextGaussian()));
    }
    return weeks;
  }
}
