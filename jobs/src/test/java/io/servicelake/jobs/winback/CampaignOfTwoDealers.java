package io.servicelake.jobs.winback;

import static org.apache.spark.sql.functions.when;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.decision.Campaigns;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * A lake with a campaign of two dealers: c1, c2 and c4 are to be called, for c3 there is no task,
 * c5 was called; c4 and c5 are the second dealer's.
 */
final class CampaignOfTwoDealers {
  private static final LocalDate DAY = LocalDate.parse("2025-06-30");

  private CampaignOfTwoDealers() {}

  /** The lake in a folder. */
  static Lakehouse in(Path folder) {
    Lakehouse lake = new DeltaLakehouse(SparkSessionForTests.session(), folder.toString(), 1, 0);
    TestRows list = TestRows.of(WinbackList.TABLE);
    TestRows candidates = TestRows.of(WinbackCandidates.TABLE);
    for (int i = 1; i <= 5; i++) {
      String dealer = i < 4 ? "D1" : "D2";
      list.row(
          WinbackList.CUSTOMER_ID,
          "c" + i,
          WinbackList.DEALER_ID,
          dealer,
          WinbackList.CAMPAIGN_ID,
          "winback-2025-06",
          WinbackList.RANK_NO,
          i,
          WinbackList.OFFER_LABEL_ZH,
          i == 1 ? "=HYPERLINK(\"http://x\")" : "保养代金券",
          WinbackList.AS_OF_ON,
          DAY.plusDays(1),
          WinbackList.STATE,
          i == 5 ? "CALLED" : i == 2 ? "CALL_AGAIN" : "OPEN",
          WinbackList.TASK,
          i == 3 || i == 5 ? null : i == 4 ? "SETTLE_COMPLAINT" : "MAKE_OFFER");
      String arm = i == 4 ? null : "OFFER";
      candidate(candidates, "c" + i, dealer, arm, i == 4 ? "OPEN_COMPLAINT" : null);
    }
    lake.replace(WinbackList.TABLE, list.build(), new Txn("list", 1));
    lake.replace(WinbackCandidates.TABLE, candidates.build(), new Txn("candidates", 1));
    lake.replace(
        Campaigns.TABLE,
        TestRows.of(Campaigns.TABLE).row(Campaigns.CAMPAIGN_ID, "winback-2025-06").build(),
        new Txn("campaigns", 1));
    return lake;
  }

  /** Adds a customer to be called within 15 days; null for no arm, and for no reason to hold. */
  static TestRows candidate(
      TestRows candidates, String customer, String dealer, String arm, String holdReason) {
    return candidates.row(
        WinbackCandidates.CUSTOMER_ID,
        customer,
        WinbackCandidates.DEALER_ID,
        dealer,
        WinbackCandidates.CAMPAIGN_ID,
        "winback-2025-06",
        WinbackCandidates.ASSIGNED_ON,
        DAY,
        WinbackCandidates.WINDOW_UNTIL_ON,
        DAY.plusDays(15),
        WinbackCandidates.ARM,
        arm,
        WinbackCandidates.HOLD_REASON,
        holdReason);
  }

  static void nothingIsToBeDoneFor(Lakehouse lake, String customer) {
    Column task = when(WinbackList.CUSTOMER_ID.col().notEqual(customer), WinbackList.TASK.col());
    lake.replace(
        WinbackList.TABLE,
        lake.read(WinbackList.TABLE).withColumn(WinbackList.TASK.name(), task),
        new Txn("without " + customer, 1));
  }

  /** An exported file with its first customer's blank columns filled in. */
  static Path filledIn(Path file, String cells) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.UTF_8));
    lines.set(1, lines.get(1).replaceAll(",,,,$", "," + cells));
    Files.write(file, lines, StandardCharsets.UTF_8);
    return file;
  }
}
