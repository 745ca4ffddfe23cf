package io.servicelake.ml.churn;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.silver.CustomerIdentities;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ChurnLabelsTest {
  private static final LocalDate DAY = LocalDate.of(2024, 6, 30);

  @Test
  void aVisitOnTheLastDayOfTheWindowIsStillAReturn() {
    assertThat(lost(400, visit("a", "d1", DAY.plusDays(180)))).containsEntry("a", "false false");
    assertThat(lost(400, visit("a", "d1", DAY.plusDays(181)))).containsEntry("a", "true true");
  }

  @Test
  void aVisitOnTheSnapshotDayBelongsToThePast() {
    assertThat(lost(400, visit("a", "d1", DAY))).containsEntry("a", "true true");
  }

  @Test
  void aVisitAtAnotherDealerIsALossToTheHomeDealerOnly() {
    assertThat(lost(400, visit("a", "d2", DAY.plusDays(20)))).containsEntry("a", "false true");
  }

  @Test
  void visitsOfAPersonMergedLaterCountForTheFileKnownThen() {
    // File b of the snapshot was joined with the older file a afterwards.
    assertThat(lost(400, visit("a", "d1", DAY.plusDays(20))))
        .containsEntry("b", "false false")
        .containsEntry("c", "true true");
  }

  @Test
  void visitsAfterTheGivenDayAreUnknown() {
    assertThat(lost(10, visit("a", "d1", DAY.plusDays(20)))).containsEntry("a", "true true");
  }

  private static TestRows visit(String customer, String dealer, LocalDate day) {
    return TestRows.of(ServiceVisits.TABLE)
        .row(
            ServiceVisits.CUSTOMER_ID, customer,
            ServiceVisits.DEALER_ID, dealer,
            ServiceVisits.VISIT_ON, day);
  }

  /** Lost to the group, lost to the home dealer; by customer of the snapshot. */
  private static Map<String, String> lost(int knownDays, TestRows visits) {
    TestRows snapshots = TestRows.of(CustomerSnapshots.TABLE);
    for (String customer : new String[] {"a", "b", "c"}) {
      snapshots.row(
          CustomerSnapshots.CUSTOMER_ID, customer,
          CustomerSnapshots.SNAPSHOT_ON, DAY,
          CustomerSnapshots.HOME_DEALER_ID, "d1");
    }
    Dataset<Row> identities =
        TestRows.of(CustomerIdentities.TABLE)
            .row(CustomerIdentities.CUSTOMER_RECORD_ID, "a", CustomerIdentities.CUSTOMER_ID, "a")
            .row(CustomerIdentities.CUSTOMER_RECORD_ID, "b", CustomerIdentities.CUSTOMER_ID, "a")
            .build();
    Dataset<Row> labelled =
        ChurnLabels.add(snapshots.build(), identities, visits.build(), DAY.plusDays(knownDays));
    Map<String, String> result = new TreeMap<>();
    labelled
        .select(
            CustomerSnapshots.CUSTOMER_ID.col(),
            ChurnLabels.isLost(ChurnLabels.NEXT_VISIT_ON, 180),
            ChurnLabels.isLost(ChurnLabels.NEXT_DEALER_VISIT_ON, 180))
        .collectAsList()
        .forEach(row -> result.put(row.getString(0), row.getBoolean(1) + " " + row.getBoolean(2)));
    return result;
  }
}
