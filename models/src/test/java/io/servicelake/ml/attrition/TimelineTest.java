package io.servicelake.ml.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final int DAY = 20_000;
  private static final Purpose M = Purpose.MAINTENANCE;

  @Test
  void theLastStepOfThePastEndsWithTheSnapshotDay() {
    Timeline timeline =
        timeline(2, vehicle(DAY - 20, new int[] {DAY - 20, DAY - 6, DAY}, M, M, Purpose.REPAIR));

    // 20 days after the first visit: two whole steps; the rest before them is passed over.
    assertThat(timeline.past()).isEqualTo(2);
    assertThat(timeline.steps()).hasSize(4);
    Timeline.Cell last = timeline.steps().get(1).cells().get(0);
    assertThat(last.has(M)).isTrue();
    assertThat(last.has(Purpose.REPAIR)).isTrue();
    assertThat(timeline.steps().get(0).cells().get(0).has(M)).isFalse();
    assertThat(timeline.steps().get(2).cells().get(0).visits()).isZero();
  }

  @Test
  void theClockStartsAgainWithMaintenanceAlone() {
    Timeline timeline =
        timeline(
            1,
            vehicle(DAY - 400, new int[] {DAY - 400, DAY - 200, DAY - 100}, M, M, Purpose.REPAIR));

    Timeline.Cell next = timeline.steps().get(timeline.past()).cells().get(0);
    // 204 days to the middle of the step, of rounds of 183.
    assertThat(next.curve()).isEqualTo(Cells.curve(204.0 / 183));
    assertThat(next.pace()).isCloseTo(7.0 / 183, within(1e-9));
    assertThat(next.since()).isEqualTo(Cells.since(101));
  }

  @Test
  void whoDrivesALotIsDueByKilometres() {
    VehicleHistory fast =
        new VehicleHistory(
            DAY - 300,
            DAY - 300,
            DAY + 800,
            365,
            10_000,
            100,
            new int[] {DAY - 300, DAY - 200, DAY - 100},
            new Purpose[] {M, M, M},
            new int[] {1_000, 11_000, 21_000});
    Timeline.Step next = timeline(1, fast).steps().get(300 / 7);
    assertThat(next.cells().get(0).curve()).isEqualTo(Cells.curve(1.04));
    assertThat(next.cells().get(0).pace()).isCloseTo(0.07, within(1e-9));
  }

  @Test
  void grievancesFadeAndCountFromTheDayAfter() {
    VehicleHistory vehicle = vehicle(DAY - 200, new int[] {DAY - 200}, M);
    Timeline timeline =
        Timeline.of(
            new PersonHistory(DAY, List.of(vehicle), new int[] {DAY}, new int[] {DAY - 90}, null),
            30,
            1);
    int past = timeline.past();
    assertThat(timeline.steps().get(0).grievance()).isEqualTo(new Timeline.Grievance(0, 0));
    assertThat(timeline.steps().get(past - 1).grievance())
        .isEqualTo(new Timeline.Grievance(Cells.grievance(0.52), 0));
    assertThat(timeline.steps().get(past).grievance())
        .isEqualTo(new Timeline.Grievance(Cells.grievance(1.49), Cells.grievance(0.99)));
    assertThat(timeline.steps().get(past + 29).grievance())
        .isEqualTo(new Timeline.Grievance(Cells.grievance(0.31), Cells.grievance(0.21)));
  }

  @Test
  void aVehicleCountsFromTheDayAfterItsFirstVisit() {
    Timeline timeline =
        timeline(
            0,
            vehicle(DAY - 70, new int[] {DAY - 70}, M),
            vehicle(DAY - 35, new int[] {DAY - 35}, M));
    assertThat(timeline.past()).isEqualTo(10);
    assertThat(timeline.steps().stream().map(step -> step.cells().size()).toList())
        .containsExactly(1, 1, 1, 1, 1, 2, 2, 2, 2, 2);
  }

  @Test
  void implausibleReadingsArePassedOver() {
    Odometer odometer =
        odometer(500, 50, new int[] {400, 300, 200, 100, 50}, 10_000, 150_000, 2_000, 25_000, -1);

    assertThat(odometer.at(DAY - 250)).isCloseTo(17_500, within(1e-6));
    assertThat(odometer.at(DAY)).isCloseTo(30_000, within(1e-6));
    assertThat(odometer.at(DAY - 500)).isCloseTo(5_000, within(1e-6));
  }

  @Test
  void aReadingThatTheNextOneBearsOutOverrulesThoseBefore() {
    Odometer odometer =
        odometer(500, 50, new int[] {400, 300, 200, 100}, 10_000, 34_000, 20_000, 25_000);

    assertThat(odometer.at(DAY - 300)).isCloseTo(15_000, within(1e-6));
    assertThat(odometer.at(DAY - 100)).isCloseTo(25_000, within(1e-6));
  }

  @Test
  void aVehicleSoldAfterItsFirstVisitCountsFromThatVisit() {
    // The dealer's own inspection a month before the sale.
    VehicleHistory inspected =
        new VehicleHistory(
            DAY - 100,
            DAY - 70,
            DAY + 1000,
            183,
            1e6,
            30,
            new int[] {DAY - 100},
            new Purpose[] {Purpose.OTHER},
            new int[] {-1});
    assertThat(timeline(1, inspected).steps().get(14).cells().get(0).curve())
        .isEqualTo(Cells.curve(104.0 / 183));
  }

  @Test
  void mostOfAChangeOfUseIsTakenToLast() {
    Odometer odometer = odometer(400, 40, new int[] {400, 150, 0}, 0, 5_000, 18_500);
    // 90 km a day of late, 40 by habit: 40 times 2.25 to the power of 0.8 from now on.
    assertThat(odometer.at(DAY + 10) - odometer.at(DAY)).isCloseTo(765.3, within(0.1));
  }

  @Test
  void anotherUseCountsAfterTheLastReadingAlone() {
    int[] readAgo = {400, 100};
    Odometer usual = odometer(400, 40, readAgo, 0, 12_000);
    Odometer more = odometer(1.5, 400, 40, readAgo, 0, 12_000);
    assertThat(more.at(DAY - 250)).isEqualTo(usual.at(DAY - 250));
    assertThat(more.at(DAY) - 12_000).isCloseTo(1.5 * (usual.at(DAY) - 12_000), within(1e-6));
  }

  @Test
  void theFirstVisitTellsWhereAHistoryStarts() {
    VehicleHistory late =
        new VehicleHistory(
            DAY - 100,
            DAY - 1_100,
            DAY,
            183,
            1e6,
            30,
            new int[] {DAY - 100},
            new Purpose[] {Purpose.ACCIDENT},
            new int[] {-1});
    assertThat(timeline(0, late, vehicle(DAY - 50, new int[] {DAY - 50}, M)).start())
        .isEqualTo(Cells.start(Purpose.ACCIDENT, 1_000.0 / 183));
    assertThat(Cells.start(Purpose.ACCIDENT, 1_000.0 / 183))
        .isNotEqualTo(Cells.start(Purpose.ACCIDENT, 1))
        .isNotEqualTo(Cells.start(Purpose.REPAIR, 1_000.0 / 183));
  }

  @Test
  void theCellsOfTheClockLieSideBySide() {
    for (int cell = 0; cell < Cells.CURVE; cell++) {
      assertThat(Cells.curve(Cells.rounds(cell))).isEqualTo(cell);
    }
    assertThat(Cells.curve(1e9)).isEqualTo(Cells.CURVE - 1);
    assertThat(Cells.curve(0)).isZero();
  }

  @Test
  void aCellBeginsWithItsLowerEnd() {
    assertThat(Cells.way(7.9)).isZero();
    assertThat(Cells.way(8.0)).isEqualTo(1);
    assertThat(Cells.way(25.0)).isEqualTo(3);
    assertThat(Cells.way(null)).isZero();
    assertThat(Cells.grievance(0.5)).isEqualTo(4);
    assertThat(Cells.since(13)).isZero();
    assertThat(Cells.since(14)).isEqualTo(1);
  }

  /** Of a vehicle sold so many days ago, with readings at visits so many days ago. */
  private static Odometer odometer(int soldAgo, int kmPerDay, int[] readAgo, int... km) {
    return odometer(1, soldAgo, kmPerDay, readAgo, km);
  }

  private static Odometer odometer(
      double use, int soldAgo, int kmPerDay, int[] readAgo, int... km) {
    int[] days = Arrays.stream(readAgo).map(ago -> DAY - ago).toArray();
    Purpose[] purposes = new Purpose[days.length];
    Arrays.fill(purposes, M);
    return new Odometer(
        new VehicleHistory(days[0], DAY - soldAgo, DAY, 183, 10_000, kmPerDay, days, purposes, km),
        use);
  }

  private static Timeline timeline(int ahead, VehicleHistory... vehicles) {
    return Timeline.of(
        new PersonHistory(DAY, List.of(vehicles), new int[0], new int[0], null), ahead, 1);
  }

  private static VehicleHistory vehicle(int since, int[] days, Purpose... purposes) {
    int[] unread = new int[days.length];
    Arrays.fill(unread, -1);
    return new VehicleHistory(since, since, since + 1096, 183, 1e6, 30, days, purposes, unread);
  }
}
