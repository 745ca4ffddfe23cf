package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.CompiledPlans;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import java.nio.file.Path;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Purchases of CDNOW as visits. */
@ExtendWith(CompiledPlans.class)
class CdnowTest {
  @TempDir static Path temp;
  private static TestLake lake;

  @BeforeAll
  static void ingest() {
    lake = RealInput.lake(temp.resolve("lake"), "cdnow", "cdnow");
  }

  @Test
  void aCustomersDayIsOneVisitAndAnExactRepeatADuplicate() {
    assertThat(lake.fates())
        .containsExactly(
            "cdnow>customers [69659, 23570, 0, 0, 46089]",
            "cdnow>dealers [69659, 1, 0, 0, 69658]",
            "cdnow>repair_order_lines [69659, 69404, 0, 0, 255]",
            "cdnow>repair_orders [69659, 67591, 0, 0, 2068]");
  }

  @Test
  void amountsAddUpToTheCentAndNumbersOfCustomersAreTokens() {
    assertThat(
            lake.lake
                .read(RepairOrderLines.TABLE)
                .agg(
                    functions.sum(RepairOrderLines.NET_AMOUNT_MINOR.col()),
                    functions.count_if(RepairOrderLines.NET_AMOUNT_MINOR.col().equalTo(0)))
                .head()
                .mkString("|"))
        .isEqualTo("249598275|80");
    assertThat(
            lake.lake
                .read(RepairOrders.TABLE)
                .join(
                    lake.lake.read(Customers.TABLE).select(Customers.CUSTOMER_RECORD_ID.col()),
                    Customers.CUSTOMER_RECORD_ID.name())
                .where(RepairOrders.CUSTOMER_RECORD_ID.col().rlike("^[0-9a-f]{32}$"))
                .count())
        .isEqualTo(67_591);
  }
}
