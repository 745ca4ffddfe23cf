package io.servicelake.transform.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.gold.VisitVersions;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.Vehicles;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TouchedOrdersTest {
  /** Two orders of v1, one of v2 on the same file as the second, one without vehicle. */
  private final Dataset<Row> visits =
      TestRows.of(VisitVersions.TABLE)
          .row(
              VisitVersions.REPAIR_ORDER_ID, "o1",
              VisitVersions.VEHICLE_ID, "v1",
              VisitVersions.CUSTOMER_RECORD_ID, "r1")
          .row(
              VisitVersions.REPAIR_ORDER_ID, "o2",
              VisitVersions.VEHICLE_ID, "v1",
              VisitVersions.CUSTOMER_RECORD_ID, "r2")
          .row(
              VisitVersions.REPAIR_ORDER_ID, "o3",
              VisitVersions.VEHICLE_ID, "v2",
              VisitVersions.CUSTOMER_RECORD_ID, "r2")
          .row(
              VisitVersions.REPAIR_ORDER_ID, "o4",
              VisitVersions.VEHICLE_ID, null,
              VisitVersions.CUSTOMER_RECORD_ID, "r4")
          .build();

  @Test
  void anOrderReachesTheOthersOfItsVehicle() {
    assertThat(touched(RepairOrderLines.TABLE, RepairOrderLines.REPAIR_ORDER_ID, "o1"))
        .containsExactly("o1", "o2");
  }

  @Test
  void anOrderWithoutVehicleReachesItselfAlone() {
    assertThat(touched(RepairOrderLines.TABLE, RepairOrderLines.REPAIR_ORDER_ID, "o4"))
        .containsExactly("o4");
  }

  @Test
  void anOrderThatIsGoneReachesItselfAndTheVehicleItHad() {
    Dataset<Row> gone =
        TestRows.of(VisitVersions.TABLE)
            .row(VisitVersions.REPAIR_ORDER_ID, "gone", VisitVersions.VEHICLE_ID, "v2")
            .build();
    assertThat(
            GoldRows.of(
                TouchedOrders.compute(visits, gone, VisitVersions.REPAIR_ORDER_ID),
                VisitVersions.REPAIR_ORDER_ID))
        .containsExactly("gone", "o3");
  }

  @Test
  void aCustomerFileReachesTheVehiclesOfItsOrders() {
    assertThat(touched(CustomerIdentities.TABLE, CustomerIdentities.CUSTOMER_RECORD_ID, "r2"))
        .containsExactly("o1", "o2", "o3");
  }

  @Test
  void aVehicleReachesItsOrders() {
    assertThat(touched(Vehicles.TABLE, Vehicles.VEHICLE_ID, "v2")).containsExactly("o3");
  }

  @Test
  void aCustomerFileReachesItsContactsAndThoseOnItsOrders() {
    Dataset<Row> contacts =
        TestRows.of(Contacts.TABLE)
            .row(Contacts.CONTACT_ID, "own", Contacts.CUSTOMER_RECORD_ID, "r1")
            .row(
                Contacts.CONTACT_ID, "on order",
                Contacts.CUSTOMER_RECORD_ID, null,
                Contacts.REPAIR_ORDER_ID, "o1")
            .row(Contacts.CONTACT_ID, "other", Contacts.CUSTOMER_RECORD_ID, "r2")
            .build();
    Dataset<Row> orders =
        TestRows.of(RepairOrders.TABLE)
            .row(RepairOrders.REPAIR_ORDER_ID, "o1", RepairOrders.CUSTOMER_RECORD_ID, "r1")
            .build();
    Dataset<Row> files =
        changed(CustomerIdentities.TABLE, CustomerIdentities.CUSTOMER_RECORD_ID, "r1");
    assertThat(
            GoldRows.of(
                TouchedCases.ofFiles(contacts, Contacts.CONTACT_ID, orders, files),
                Contacts.CONTACT_ID))
        .containsExactly("on order", "own");
    assertThat(
            GoldRows.of(
                TouchedCases.onOrders(contacts, Contacts.CONTACT_ID, orders), Contacts.CONTACT_ID))
        .containsExactly("on order");
  }

  private List<String> touched(TableContract table, Field by, String key) {
    return GoldRows.of(
        TouchedOrders.compute(visits, changed(table, by, key), by), VisitVersions.REPAIR_ORDER_ID);
  }

  private static Dataset<Row> changed(TableContract table, Field by, String key) {
    return TestRows.of(table).row(by, key).build();
  }
}
