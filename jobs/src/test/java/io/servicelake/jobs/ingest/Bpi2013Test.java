package io.servicelake.jobs.ingest;

import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.CompiledPlans;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.gold.ComplaintSteps;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.Staff;
import io.servicelake.transform.gold.ComplaintClock;
import io.servicelake.transform.gold.ComputeComplaintCases;
import io.servicelake.transform.gold.ComputeComplaintSteps;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Incidents of BPI Challenge 2013 as complaints, against figures of other tools. */
@ExtendWith(CompiledPlans.class)
class Bpi2013Test {
  @TempDir static Path temp;
  private static TestLake lake;
  private static Dataset<Row> steps;

  @BeforeAll
  static void ingest() {
    lake = RealInput.lake(temp.resolve("lake"), "bpi2013", "bpi2013-volvo-incidents");
    steps =
        ComputeComplaintSteps.compute(lake.lake.read(Complaints.TABLE), lake.lake.read(Staff.TABLE))
            .cache();
  }

  @AfterAll
  static void forget() {
    if (steps != null) {
      steps.unpersist();
    }
  }

  @Test
  void everyEventIsAVersionOfItsCase() {
    assertThat(lake.fates())
        .containsExactly(
            "bpi2013>complaints [65533, 65533, 0, 0, 0]",
            "bpi2013>dealers [65533, 25, 0, 0, 65508]",
            "bpi2013>staff [65533, 1438, 0, 0, 64095]");
  }

  @Test
  void casesLastAsLongAsOtherToolsFind() {
    Row found =
        ComputeComplaintCases.compute(
                Versioned.current(lake.lake.read(Complaints.TABLE)),
                steps,
                lake.lake.read(RepairOrders.TABLE),
                lake.lake.read(CustomerIdentities.TABLE),
                new ComplaintClock(0.25, 24, 48, 48, 120),
                ZoneOffset.UTC)
            .agg(
                functions.count(lit(1)),
                count_if(ComplaintCases.CLOSED_AT.col().isNull()),
                percentile(ComplaintCases.CHANGED_HOURS.col(), lit(0.5)),
                functions.avg(ComplaintCases.CHANGED_HOURS.col()),
                percentile(ComplaintCases.CHANGED_HOURS.col(), lit(0.9)),
                functions.sum(ComplaintCases.HAND_OVERS_COUNT.col()),
                functions.sum(ComplaintCases.PERSON_HAND_OVERS_COUNT.col()))
            .head();

    assertThat(found.getLong(0)).isEqualTo(7554);
    assertThat(found.getLong(1)).as("open by their last event").isEqualTo(8);
    assertThat(found.getDouble(2)).as("median hours").isCloseTo(181.179, within(0.0006));
    assertThat(found.getDouble(3)).as("mean hours").isCloseTo(289.904, within(0.0006));
    assertThat(found.getDouble(4)).as("90 % hours").isCloseTo(541.333, within(0.0006));
    assertThat(found.getLong(5)).as("hand-overs").isEqualTo(20_649);
    assertThat(found.getLong(6)).as("hand-overs between persons").isEqualTo(14_276);
  }

  @Test
  void theProgramOfTheDeskAndNobodyAreNoPersons() {
    Dataset<Row> systems =
        lake.lake
            .read(Staff.TABLE)
            .where(Staff.ROLE.col().equalTo("SYSTEM"))
            .select(Staff.STAFF_ID.col());
    assertThat(TestLake.texts(systems, Staff.STAFF_ID)).containsExactly("-", "Siebel");
    assertThat(
            TestLake.texts(
                steps
                    .where(ComplaintSteps.IS_SYSTEM.col())
                    .select(ComplaintSteps.OWNER_ID.col())
                    .distinct(),
                ComplaintSteps.OWNER_ID))
        .containsExactly("-", "Siebel");
    assertThat(
            lake.lake
                .read(Complaints.TABLE)
                .where(Complaints.OWNER_ID.col().equalTo("Siebel"))
                .count())
        .isEqualTo(6162);
    assertThat(steps.count()).isEqualTo(57_412);
  }

  @Test
  void namesOfOwnersAreTokens() {
    assertThat(
            lake.lake
                .read(Complaints.TABLE)
                .where(Complaints.OWNER_ID.col().rlike("^[0-9a-f]{32}$"))
                .count())
        .isEqualTo(65_533 - 6162 - 30);
  }
}
