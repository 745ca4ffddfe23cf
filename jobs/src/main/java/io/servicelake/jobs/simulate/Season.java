package io.servicelake.jobs.simulate;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;

/** The year of a Chinese workshop by day: demand, closed days, and how far people drive. */
final class Season {
  private static final List<LocalDate> SPRING_FESTIVALS =
      List.of(
          LocalDate.of(2012, 1, 23),
          LocalDate.of(2013, 2, 10),
          LocalDate.of(2014, 1, 31),
          LocalDate.of(2015, 2, 19),
          LocalDate.of(2016, 2, 8),
          LocalDate.of(2017, 1, 28),
          LocalDate.of(2018, 2, 16),
          LocalDate.of(2019, 2, 5),
          LocalDate.of(2020, 1, 25),
          LocalDate.of(2021, 2, 12),
          LocalDate.of(2022, 2, 1),
          LocalDate.of(2023, 1, 22),
          LocalDate.of(2024, 2, 10),
          LocalDate.of(2025, 1, 29),
          LocalDate.of(2026, 2, 17),
          LocalDate.of(2027, 2, 6),
          LocalDate.of(2028, 1, 26),
          LocalDate.of(2029, 2, 13),
          LocalDate.of(2030, 2, 3),
          LocalDate.of(2031, 1, 23),
          LocalDate.of(2032, 2, 11),
          LocalDate.of(2033, 1, 31),
          LocalDate.of(2034, 2, 19),
          LocalDate.of(2035, 2, 8),
          LocalDate.of(2036, 1, 28));

  private final int firstDay;
  private final double[] demand;
  private final double[] driving;

  /** Days are epoch days, both inclusive. */
  Season(int firstDay, int lastDay) {
    this.firstDay = firstDay;
    demand = new double[lastDay - firstDay + 1];
    driving = new double[demand.length];
    for (int i = 0; i < demand.length; i++) {
      LocalDate day = LocalDate.ofEpochDay(firstDay + i);
      demand[i] = weekday(day.getDayOfWeek()) * holiday(day);
      driving[i] = isTrip(day) ? 1.7 : 0.97;
    }
  }

  double demand(int day) {
    return demand[day - firstDay];
  }

  double driving(int day) {
    return driving[day - firstDay];
  }

  boolean isClosed(int day) {
    return demand(day) == 0;
  }

  private static double weekday(DayOfWeek day) {
    return switch (day) {
      case SATURDAY -> 1.35;
      case SUNDAY -> 1.20;
      case MONDAY -> 0.95;
      default -> 0.88;
    };
  }

  private static double holiday(LocalDate day) {
    int fromFestival = daysFromFestival(day);
    if (fromFestival >= -24 && fromFestival <= -3) {
      return 1.5;
    } else if (fromFestival >= -2 && fromFestival < 0) {
      return 0.4;
    } else if (fromFestival >= 0 && fromFestival <= 2) {
      return 0;
    } else if (fromFestival > 2 && fromFestival <= 7) {
      return 0.3;
    } else if (fromFestival > 7 && fromFestival <= 24) {
      return 0.7;
    } else if (day.getMonthValue() == 10) {
      return day.getDayOfMonth() <= 7 ? 0.7 : day.getDayOfMonth() <= 22 ? 1.2 : 1;
    }
    return 1;
  }

  private static boolean isTrip(LocalDate day) {
    int fromFestival = daysFromFestival(day);
    return fromFestival >= -2 && fromFestival <= 8
        || day.getMonthValue() == 10 && day.getDayOfMonth() <= 7;
  }

  private static int daysFromFestival(LocalDate day) {
    int nearest = Integer.MAX_VALUE;
    for (LocalDate festival : SPRING_FESTIVALS) {
      int days = (int) (day.toEpochDay() - festival.toEpochDay());
      if (Math.abs(days) < Math.abs(nearest)) {
        nearest = days;
      }
    }
    return nearest;
  }
}
