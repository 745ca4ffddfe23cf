package io.servicelake.transform.gold;

import static io.servicelake.contract.Versioned.KNOWN_AT;
import static io.servicelake.contract.Versioned.SUPERSEDED_AT;
import static io.servicelake.transform.gold.GoldRows.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.gold.VisitVersions;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.VehicleOwnerships;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ComputeVisitVersionsTest {
  private static final Instant MAY_1 = at("2024-05-01");
  private static final Instant MAY_2 = at("2024-05-02");
  private static final Instant MAY_9 = at("2024-05-09");

  private final TestRows orders = TestRows.of(RepairOrders.TABLE);
  private final TestRows lines = TestRows.of(RepairOrderLines.TABLE);
  private final TestRows ownerships = TestRows.of(VehicleOwnerships.TABLE);

  @Test
  void eachChangeOfHeaderOrLinesBeginsAVersionThatEndsWithTheNext() {
    order("o1", "OPEN", MAY_1, MAY_2);
    order("o1", "DELIVERED", MAY_2, null);
    line("o1#1", "o1", 100L, MAY_1, MAY_9);
    line("o1#1", "o1", 120L, MAY_9, null);
    line("o1#2", "o1", 30L, MAY_2, null);
    assertThat(
            GoldRows.of(
                compute(),
                VisitVersions.KNOWN_AT,
                VisitVersions.SUPERSEDED_AT,
                VisitVersions.NET_AMOUNT_MINOR))
        .containsExactly(
            "2024-05-01 02:00:00.0|2024-05-02 02:00:00.0|100",
            "2024-05-02 02:00:00.0|2024-05-09 02:00:00.0|130",
            "2024-05-09 02:00:00.0|null|150");
  }

  @Test
  void anOrderLeavesOnTheDayItsCancellationBecomesKnown() {
    order("o1", "OPEN", MAY_1, MAY_9);
    order("o1", "CANCELLED", MAY_9, null);
    assertThat(GoldRows.of(compute(), VisitVersions.KNOWN_AT, VisitVersions.SUPERSEDED_AT))
        .containsExactly("2024-05-01 02:00:00.0|2024-05-09 02:00:00.0");
  }

  @Test
  void linesKnownBeforeTheirHeaderWaitForIt() {
    line("o1#1", "o1", 100L, MAY_1, null);
    order("o1", "OPEN", MAY_2, null);
    assertThat(GoldRows.of(compute(), VisitVersions.KNOWN_AT, VisitVersions.NET_AMOUNT_MINOR))
        .containsExactly("2024-05-02 02:00:00.0|100");
  }

  @Test
  void declinedWorkIsNeitherDoneNorCharged() {
    order("o1", "OPEN", MAY_1, null);
    lines.row(
        RepairOrderLines.LINE_ID,
        "o1#1",
        RepairOrderLines.REPAIR_ORDER_ID,
        "o1",
        RepairOrderLines.JOB_TYPE,
        "REPAIR",
        RepairOrderLines.COMPONENT_CODE,
        "BRAKE",
        RepairOrderLines.NET_AMOUNT_MINOR,
        900L,
        RepairOrderLines.IS_DECLINED,
        true,
        KNOWN_AT,
        MAY_1);
    Row row = compute().first();
    assertThat(row.<Long>getAs(VisitVersions.NET_AMOUNT_MINOR.name())).isZero();
    assertThat(row.<Boolean>getAs(VisitVersions.IS_REPAIR.name())).isFalse();
    assertThat(row.<Integer>getAs(VisitVersions.LINES_COUNT.name())).isZero();
    assertThat(row.getList(row.fieldIndex(VisitVersions.COMPONENTS.name()))).isEmpty();
    assertThat(row.getList(row.fieldIndex(VisitVersions.DECLINED_COMPONENTS.name())))
        .isEqualTo(List.of("BRAKE"));
  }

  @Test
  void aReversedLineCountsNotAndItsAmountsCancelOut() {
    order("o1", "DELIVERED", MAY_1, null);
    counted("o1#1", 1.0, 500L);
    counted("o1#2", 1.0, 80L);
    counted("o1#3", -1.0, -80L);
    Row row = compute().first();
    assertThat(row.<Integer>getAs(VisitVersions.LINES_COUNT.name())).isEqualTo(1);
    assertThat(row.<Long>getAs(VisitVersions.NET_AMOUNT_MINOR.name())).isEqualTo(500L);
  }

  @Test
  void theVisitDayIsTheOneOfTheLakesZone() {
    orders.row(
        RepairOrders.REPAIR_ORDER_ID,
        "o1",
        RepairOrders.RECEIVED_AT,
        Instant.parse("2024-04-30T20:00:00Z"),
        KNOWN_AT,
        MAY_1);
    assertThat(GoldRows.of(compute(), VisitVersions.VISIT_ON)).containsExactly("2024-05-01");
  }

  @Test
  void deliveredAfterThePromiseIsLate() {
    delivered("late", at("2024-05-01"), at("2024-05-02"));
    delivered("on time", at("2024-05-02"), at("2024-05-02"));
    delivered("without promise", null, at("2024-05-02"));
    assertThat(GoldRows.of(compute(), VisitVersions.REPAIR_ORDER_ID, VisitVersions.IS_LATE))
        .containsExactly("late|true", "on time|false", "without promise|false");
  }

  @Test
  void anOrderWithAPlateOnlyFindsTheVehicleWhenItBecomesKnown() {
    plateOnly("o1");
    ownership("v1", "p1", MAY_2, null, null);
    assertThat(GoldRows.of(compute(), VisitVersions.KNOWN_AT, VisitVersions.VEHICLE_ID))
        .containsExactly("2024-05-01 02:00:00.0|null", "2024-05-02 02:00:00.0|v1");
  }

  @Test
  void aPlateOfTwoVehiclesOnTheDayTellsNothing() {
    plateOnly("o1");
    ownership("v1", "p1", at("2024-04-01"), null, null);
    ownership("v2", "p1", at("2024-04-01"), null, null);
    assertThat(GoldRows.of(compute(), VisitVersions.VEHICLE_ID)).containsExactly("null");
  }

  @Test
  void aPlateThatMovedOnBelongsToItsHolderOfTheDay() {
    plateOnly("o1");
    ownership("v1", "p1", at("2024-04-01"), null, LocalDate.parse("2024-04-20"));
    ownership("v2", "p1", at("2024-04-21"), LocalDate.parse("2024-04-21"), null);
    assertThat(GoldRows.of(compute(), VisitVersions.VEHICLE_ID)).containsExactly("v2");
  }

  @Test
  void aChangedOwnershipTouchesTheOrdersThatCarryItsPlateOnly() {
    plateOnly("o1");
    order("o2", "OPEN", MAY_1, null);
    ownership("v1", "p1", MAY_2, null, null);
    assertThat(
            GoldRows.of(
                ComputeVisitVersions.ordersOfPlates(orders.build(), ownerships.build()),
                RepairOrders.REPAIR_ORDER_ID))
        .containsExactly("o1");
  }

  private Dataset<Row> compute() {
    return ComputeVisitVersions.compute(
        orders.build(), lines.build(), ownerships.build(), GoldRows.ZONE);
  }

  private void order(String id, String status, Instant knownAt, Instant supersededAt) {
    orders.row(
        RepairOrders.REPAIR_ORDER_ID,
        id,
        RepairOrders.VEHICLE_ID,
        "v9",
        RepairOrders.STATUS,
        status,
        RepairOrders.RECEIVED_AT,
        MAY_1,
        KNOWN_AT,
        knownAt,
        SUPERSEDED_AT,
        supersededAt);
  }

  private void counted(String id, double quantity, long netAmount) {
    lines.row(
        RepairOrderLines.LINE_ID,
        id,
        RepairOrderLines.REPAIR_ORDER_ID,
        "o1",
        RepairOrderLines.QUANTITY,
        quantity,
        RepairOrderLines.NET_AMOUNT_MINOR,
        netAmount,
        KNOWN_AT,
        MAY_1);
  }

  private void delivered(String id, Instant promisedAt, Instant deliveredAt) {
    orders.row(
        RepairOrders.REPAIR_ORDER_ID, id,
        RepairOrders.STATUS, "DELIVERED",
        RepairOrders.PROMISED_AT, promisedAt,
        RepairOrders.DELIVERED_AT, deliveredAt);
  }

  private void plateOnly(String id) {
    orders.row(
        RepairOrders.REPAIR_ORDER_ID,
        id,
        RepairOrders.PLATE_TOKEN,
        "p1",
        RepairOrders.RECEIVED_AT,
        MAY_1,
        KNOWN_AT,
        MAY_1);
  }

  private void line(String id, String orderId, long net, Instant knownAt, Instant supersededAt) {
    lines.row(
        RepairOrderLines.LINE_ID,
        id,
        RepairOrderLines.REPAIR_ORDER_ID,
        orderId,
        RepairOrderLines.NET_AMOUNT_MINOR,
        net,
        KNOWN_AT,
        knownAt,
        SUPERSEDED_AT,
        supersededAt);
  }

  private void ownership(
      String vehicle, String plate, Instant knownAt, LocalDate from, LocalDate until) {
    ownerships.row(
        VehicleOwnerships.VEHICLE_ID,
        vehicle,
        VehicleOwnerships.PLATE_TOKEN,
        plate,
        VehicleOwnerships.OWNED_FROM_ON,
        from,
        VehicleOwnerships.OWNED_UNTIL_ON,
        until,
        KNOWN_AT,
        knownAt);
  }
}
