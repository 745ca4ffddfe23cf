package io.servicelake.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeSplitTest {
  private static final TimeSplit.Spacing SPACING = new TimeSplit.Spacing(2, 6, 2, 5);

  @Test
  void trainingLooksAtTheLastMonthEndOnOrBeforeTheRun() {
    assertThat(TimeSplit.trainingDay(LocalDate.of(2025, 3, 30)))
        .isEqualTo(LocalDate.of(2025, 2, 28));
    assertThat(TimeSplit.trainingDay(LocalDate.of(2025, 3, 31)))
        .isEqualTo(LocalDate.of(2025, 3, 31));
  }

  @Test
  void noLabelDayIsSharedByTrainingAndTest() {
    TimeSplit split = ready(monthEnds(YearMonth.of(2022, 1), 42));

    assertThat(split.asOf()).isEqualTo(LocalDate.of(2025, 6, 30));
    assertThat(split.testOn()).isEqualTo(LocalDate.of(2024, 12, 31));
    assertThat(split.testUntilOn()).isBeforeOrEqualTo(split.asOf());
    assertThat(split.trainOn())
        .isNotEmpty()
        .allSatisfy(day -> assertThat(day.plusDays(180)).isBeforeOrEqualTo(split.testOn()));
  }

  @Test
  void trainingSnapshotsStandTheSpacingApartAndTheLatestAreKept() {
    TimeSplit split = ready(monthEnds(YearMonth.of(2022, 1), 42));

    assertThat(split.trainOn())
        .containsExactly(
            LocalDate.of(2023, 10, 31),
            LocalDate.of(2023, 12, 31),
            LocalDate.of(2024, 2, 29),
            LocalDate.of(2024, 4, 30),
            LocalDate.of(2024, 6, 30));
  }

  @Test
  void noLabelDayIsSharedWhereMonthsAreADayTooShort() {
    TimeSplit split =
        ((TimeSplit.Ready)
                TimeSplit.plan(
                    LocalDate.of(2025, 7, 31), 90, monthEnds(YearMonth.of(2023, 1), 31), SPACING))
            .split();

    // 31 January is 89 days before the test snapshot.
    assertThat(split.testOn()).isEqualTo(LocalDate.of(2025, 4, 30));
    assertThat(split.trainOn()).last().isEqualTo(LocalDate.of(2024, 12, 31));
    assertThat(split.trainUntilOn()).isBeforeOrEqualTo(split.testOn());
  }

  @Test
  void trainingSnapshotsHaveTheirWarmUpBehindThem() {
    TimeSplit split = ready(monthEnds(YearMonth.of(2023, 7), 24));

    assertThat(split.trainFromOn()).isEqualTo(LocalDate.of(2024, 2, 29));
  }

  @Test
  void daysWithinAMonthAreNoTrainingSnapshots() {
    List<LocalDate> days = new ArrayList<>(monthEnds(YearMonth.of(2022, 1), 42));
    days.add(LocalDate.of(2024, 12, 31).plusDays(1));
    days.add(LocalDate.of(2024, 6, 15));

    assertThat(ready(days)).isEqualTo(ready(monthEnds(YearMonth.of(2022, 1), 42)));
  }

  @Test
  void shortHistoryIsRefusedWithTheReason() {
    TimeSplit.Plan tooShort =
        TimeSplit.plan(
            LocalDate.of(2025, 7, 10), 180, monthEnds(YearMonth.of(2025, 2), 5), SPACING);
    TimeSplit.Plan fewSnapshots =
        TimeSplit.plan(
            LocalDate.of(2025, 7, 10), 180, monthEnds(YearMonth.of(2024, 1), 18), SPACING);
    TimeSplit.Plan nothing = TimeSplit.plan(LocalDate.of(2025, 7, 10), 180, List.of(), SPACING);

    assertThat(((TimeSplit.Refused) tooShort).reason()).contains("2025-02-28", "2025-01-01");
    assertThat(((TimeSplit.Refused) fewSnapshots).reason()).contains("0 training", "2 are needed");
    assertThat(((TimeSplit.Refused) nothing).reason()).contains("2025-06-30");
  }

  private static TimeSplit ready(List<LocalDate> days) {
    return ((TimeSplit.Ready) TimeSplit.plan(LocalDate.of(2025, 7, 10), 180, days, SPACING))
        .split();
  }

  private static List<LocalDate> monthEnds(YearMonth first, int months) {
    List<LocalDate> days = new ArrayList<>();
    for (int i = 0; i < months; i++) {
      days.add(first.plusMonths(i).atEndOfMonth());
    }
    return days;
  }
}
