package io.servicelake.jobs.report;

import static io.servicelake.jobs.report.SampleTables.AS_OF;
import static io.servicelake.jobs.report.SampleTables.CUSTOMER;

import io.servicelake.contract.serving.ComplaintBoard;
import io.servicelake.contract.serving.FollowUpBoard;
import java.time.LocalDate;
import java.util.Random;

/** Follow-up duties and complaints by their state. */
final class SampleCare {
  private final SampleGroup group;
  private final Random random;

  SampleCare(SampleGroup group) {
    this.group = group;
    random = group.random();
  }

  void ofDealer(int dealer) {
    followUps(dealer);
    complaints(dealer);
  }

  private void followUps(int dealer) {
    for (int i = 0; i < 130 + 10 * dealer; i++) {
      LocalDate due = AS_OF.plusDays(random.nextInt(50) - 35);
      double luck = random.nextDouble();
      String state =
          due.isAfter(AS_OF)
              ? (luck < 0.15 ? "DONE" : "OPEN")
              : luck < 0.83 ? "DONE" : luck < 0.91 ? "DONE_LATE" : "OVERDUE";
      group.row(
          FollowUpBoard.TABLE,
          dealer,
          FollowUpBoard.DUTY_ID,
          "duty-" + dealer + "-" + i,
          FollowUpBoard.CUSTOMER_ID,
          CUSTOMER + dealer + "-" + i,
          FollowUpBoard.TOUCH_NO,
          1 + i % 3,
          FollowUpBoard.DUE_ON,
          due,
          FollowUpBoard.STATE,
          state);
    }
  }

  private void complaints(int dealer) {
    String[] kinds = {
      "REPAIR_EFFECT", "COST", "REPEAT_REPAIR", "ATTITUDE", "PART_QUALITY", "OTHER"
    };
    for (int i = 0; i < 25 + 3 * dealer; i++) {
      double luck = random.nextDouble();
      String state =
          luck < 0.7
              ? "CLOSED_IN_TIME"
              : luck < 0.92 ? "CLOSED_LATE" : luck < 0.96 ? "OPEN" : "OVERDUE";
      double age =
          "OPEN".equals(state)
              ? 40 * random.nextDouble()
              : 48 + 900 * Math.pow(random.nextDouble(), 3);
      group.row(
          ComplaintBoard.TABLE,
          dealer,
          ComplaintBoard.COMPLAINT_ID,
          "complaint-" + dealer + "-" + i,
          ComplaintBoard.CUSTOMER_ID,
          CUSTOMER + dealer + "-" + i,
          ComplaintBoard.KIND,
          kinds[(int) Math.min(5, Math.abs(random.nextGaussian()) * 2.4)],
          ComplaintBoard.SEVERITY,
          random.nextDouble() < 0.12 ? "MAJOR" : "ORDINARY",
          ComplaintBoard.STATE,
          state,
          ComplaintBoard.AGE_HOURS,
          age);
    }
  }
}
