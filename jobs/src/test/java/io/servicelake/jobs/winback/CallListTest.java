package io.servicelake.jobs.winback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import io.servicelake.jobs.kafka.KafkaBroker;
import io.servicelake.jobs.kafka.KafkaForTests;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.sql.Row;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallListTest {
  private static final LocalDate DAY = LocalDate.parse("2025-06-30");
  private static final LocalDate TODAY = LocalDate.parse("2025-07-20");

  @TempDir private Path folder;
  private Lakehouse lake;

  @BeforeEach
  void aCampaignOfTwoDealers() {
    lake =
        new DeltaLakehouse(SparkSessionForTests.session(), folder.resolve("lake").toString(), 1, 0);
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
      candidates.row(
          WinbackCandidates.CUSTOMER_ID,
          "c" + i,
          WinbackCandidates.DEALER_ID,
          dealer,
          WinbackCandidates.CAMPAIGN_ID,
          "winback-2025-06",
          WinbackCandidates.ASSIGNED_ON,
          DAY,
          WinbackCandidates.WINDOW_UNTIL_ON,
          DAY.plusDays(15),
          WinbackCandidates.ARM,
          i == 4 ? null : "OFFER",
          WinbackCandidates.HOLD_REASON,
          i == 4 ? "OPEN_COMPLAINT" : null);
    }
    lake.replace(WinbackList.TABLE, list.build(), new Txn("list", 1));
    lake.replace(WinbackCandidates.TABLE, candidates.build(), new Txn("candidates", 1));
  }

  @Test
  void eachDealerGetsAWorkbookAndATextThatStartNoFormula() throws IOException {
    List<Path> files = ExportLists.write(lake, folder.resolve("out"), Optional.empty());

    assertThat(files)
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "2025-07-01_D1.xlsx", "2025-07-01_D1.csv", "2025-07-01_D2.xlsx", "2025-07-01_D2.csv");
    String text = Files.readString(files.get(1));
    assertThat(text).startsWith("\uFEFF活动,经销商,客户,排名,任务,方案名称").contains("'=HYPERLINK(");
    // There is nothing to do for the third.
    assertThat(text.lines()).hasSize(3);
    // The fifth was called.
    assertThat(Files.readString(files.get(3)).lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("c4") && line.contains("SETTLE_COMPLAINT"));
    try (ReadableWorkbook book = new ReadableWorkbook(files.get(0).toFile())) {
      assertThat(book.getFirstSheet().read().get(1).getCellText(5)).startsWith("'=HYPERLINK(");
    }
  }

  @Test
  void whateverWouldStartAFormulaIsGuardedAndComesBackAsItWas() {
    for (String text : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")) {
      assertThat(CellText.safe(text)).isEqualTo("'" + text);
      assertThat(CellText.plain(CellText.safe(text))).isEqualTo(text.strip());
    }
    assertThat(CellText.safe("a=1")).isEqualTo("a=1");
    assertThat(CellText.safe(null)).isEmpty();
  }

  @Test
  void theListsGoToATopicByPseudonymAlone() {
    KafkaBroker broker = KafkaForTests.broker(folder.resolve("kafka"));
    broker.start();
    try {
      SendLists.Sent sent = SendLists.send(lake, KafkaForTests.connection(broker), "winback");

      // Nothing is to be done for the third, the fifth was called.
      assertThat(sent).isEqualTo(new SendLists.Sent(3, 2));
      List<ConsumerRecord<String, String>> messages = KafkaForTests.messages(broker, "winback");
      assertThat(messages)
          .filteredOn(message -> message.value() == null)
          .extracting(ConsumerRecord::key)
          .containsExactlyInAnyOrder("winback-2025-06|c3", "winback-2025-06|c5");
      assertThat(messages)
          .filteredOn(message -> message.value() != null)
          .extracting(ConsumerRecord::key)
          .containsExactlyInAnyOrder(
              "winback-2025-06|c1", "winback-2025-06|c2", "winback-2025-06|c4");
      assertThat(messages)
          .extracting(ConsumerRecord::value)
          .filteredOn(Objects::nonNull)
          .anyMatch(
              text ->
                  text.contains("\"campaign_id\":\"winback-2025-06\"")
                      && text.contains("\"customer_id\":\"c4\""))
          .noneMatch(text -> text.contains("customer_name") || text.contains("phone"));
    } finally {
      broker.stop();
    }
  }

  @Test
  void filledInFilesComeBackOnceWhateverTheirFormAndEncoding() throws IOException {
    List<Path> files = ExportLists.write(lake, folder.resolve("out"), Optional.empty());
    Path text = filledIn(files.get(1), "2025/7/3,是,已预约,很满意");
    Files.writeString(text, Files.readString(text).substring(1), Charset.forName("GB18030"));
    Path book = workbook("c4", "D2", "2025-07-04", "否", "");

    ImportOutcomes.Result first = ImportOutcomes.take(lake, List.of(text, book), TODAY);
    ImportOutcomes.Result again = ImportOutcomes.take(lake, List.of(text, book), TODAY);

    assertThat(first.taken()).isEqualTo(2);
    assertThat(first.blank()).isEqualTo(1);
    assertThat(first.isNew()).isTrue();
    assertThat(again.isNew()).isFalse();
    assertThat(outcomes()).containsExactly("c1 2025-07-03 true BOOKED", "c4 2025-07-04 false null");
    ImportOutcomes.take(lake, List.of(workbook("c4", "D2", "2025-07-05", "1", "会来店")), TODAY);
    assertThat(outcomes())
        .containsExactly("c1 2025-07-03 true BOOKED", "c4 2025-07-05 true WILL_COME");
  }

  @Test
  void rowsThatCannotBeTakenAreCountedByReasonAndTheOthersAreTaken() throws IOException {
    List<String> rows =
        List.of(
            "winback-2025-06,D1,c1,2025-07-03,是,已预约",
            "winback-2025-06,D1,nobody,2025-07-03,是,",
            "winback-2025-06,D2,c2,2025-07-03,是,",
            "winback-2025-06,D1,c2,soon,是,",
            "winback-2025-06,D1,c2,2025-06-30,是,",
            "winback-2025-06,D1,c2,2025-07-21,是,",
            "winback-2025-06,D1,c2,2025-07-16,是,",
            "winback-2025-06,D1,c2,2025-07-03,是,maybe",
            "winback-2025-06,D1,c2,2025-07-03,perhaps,",
            "winback-2025-06,D1,c1,2025-07-04,,NO_ANSWER",
            "winback-2025-06,D1,c2,,,");
    Path file = filled("back.csv", rows.toArray(String[]::new));

    ImportOutcomes.Result result = ImportOutcomes.take(lake, List.of(file), TODAY);

    assertThat(result.taken()).isEqualTo(1);
    assertThat(result.blank()).isEqualTo(1);
    assertThat(result.refused())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "UNKNOWN_CUSTOMER", 1L,
                "OTHER_DEALER", 1L,
                "BAD_DATE", 1L,
                "BEFORE_CAMPAIGN", 1L,
                "FUTURE_DATE", 1L,
                "AFTER_WINDOW", 1L,
                "BAD_OUTCOME", 1L,
                "BAD_REACHED", 1L,
                "REPEATED", 1L));
    assertThat(result.examples()).contains("back.csv:3: UNKNOWN_CUSTOMER");
    assertThat(outcomes()).containsExactly("c1 2025-07-04 false NO_ANSWER");
  }

  @Test
  void ofACustomerWhoStandsSeveralTimesTheLastGoodRowOfTheLastFileCounts() throws IOException {
    Path first = filled("first.csv", "winback-2025-06,D1,c1,2025-07-04,是,已预约");
    Path last =
        filled(
            "last.csv",
            "winback-2025-06,D1,c1,2025-07-03,是,无意向",
            "winback-2025-06,D1,c1,2025-07-05,是,maybe");

    ImportOutcomes.Result result = ImportOutcomes.take(lake, List.of(first, last), TODAY);

    assertThat(result.refused())
        .containsExactlyInAnyOrderEntriesOf(Map.of("BAD_OUTCOME", 1L, "REPEATED", 1L));
    assertThat(result.examples()).contains("first.csv:2: REPEATED");
    assertThat(outcomes()).containsExactly("c1 2025-07-03 true NOT_INTERESTED");
  }

  @Test
  void whoWantsNoMoreCallsIsHeardAfterTheWindowToo() throws IOException {
    Path file = filled("back.csv", "winback-2025-06,D1,c1,2025-07-16,是,勿再联系");

    assertThat(ImportOutcomes.take(lake, List.of(file), TODAY).taken()).isEqualTo(1);
    assertThat(outcomes()).containsExactly("c1 2025-07-16 true DO_NOT_CALL");
  }

  @Test
  void aCallOfACustomerWhoWasHeldOutIsTakenSinceItCounts() throws IOException {
    lake.replace(
        WinbackCandidates.TABLE,
        TestRows.of(WinbackCandidates.TABLE)
            .row(
                WinbackCandidates.CUSTOMER_ID,
                "h",
                WinbackCandidates.DEALER_ID,
                "D1",
                WinbackCandidates.CAMPAIGN_ID,
                "winback-2025-06",
                WinbackCandidates.ASSIGNED_ON,
                DAY,
                WinbackCandidates.WINDOW_UNTIL_ON,
                DAY.plusDays(15),
                WinbackCandidates.ARM,
                "HOLD_OUT")
            .build(),
        new Txn("candidates", 2));
    Path file = filled("back.csv", "winback-2025-06,D1,h,2025-07-03,是,已预约");

    assertThat(ImportOutcomes.take(lake, List.of(file), TODAY).taken()).isEqualTo(1);
  }

  @Test
  void aFileThatIsNoCallListIsRefusedWithItsReason() throws IOException {
    Path other = folder.resolve("other.csv");
    Files.writeString(other, "a,b\n1,2\n");
    Path broken = folder.resolve("broken.xlsx");
    Files.writeString(broken, "no workbook");

    for (Path file : List.of(other, broken, folder.resolve("none.csv"))) {
      assertThatThrownBy(() -> ImportOutcomes.take(lake, List.of(file), TODAY))
          .isInstanceOf(CannotException.class)
          .hasMessageStartingWith("Cannot read the call list " + file + ": ");
    }
  }

  /** A file of these rows. */
  private Path filled(String name, String... rows) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(
        file,
        "campaign_id,dealer_id,customer_id,called_on,is_reached,outcome_code\n"
            + String.join("\n", rows)
            + "\n");
    return file;
  }

  /** The file with its first customer's blank columns filled in. */
  private static Path filledIn(Path file, String cells) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.UTF_8));
    lines.set(1, lines.get(1).replaceAll(",,,,$", "," + cells));
    Files.write(file, lines, StandardCharsets.UTF_8);
    return file;
  }

  private Path workbook(String customer, String dealer, String day, String reached, String outcome)
      throws IOException {
    Path file = folder.resolve("back.xlsx");
    try (OutputStream bytes = Files.newOutputStream(file);
        Workbook book = new Workbook(bytes, "test", "1.0")) {
      Worksheet sheet = book.newWorksheet("s");
      List<List<String>> rows =
          List.of(
              List.of("活动", "经销商", "客户", "联系日期", "是否接通", "联系结果"),
              List.of("winback-2025-06", dealer, customer, "", reached, outcome));
      for (int r = 0; r < rows.size(); r++) {
        for (int c = 0; c < rows.get(r).size(); c++) {
          sheet.value(r, c, rows.get(r).get(c));
        }
      }
      sheet.value(1, 3, LocalDate.parse(day));
      sheet.style(1, 3).format("yyyy-mm-dd").set();
    }
    return file;
  }

  private List<String> outcomes() {
    return lake
        .read(CallOutcomes.TABLE)
        .orderBy(CallOutcomes.CUSTOMER_ID.col())
        .collectAsList()
        .stream()
        .map(
            (Row row) ->
                "%s %s %s %s"
                    .formatted(
                        row.getAs(CallOutcomes.CUSTOMER_ID.name()),
                        row.getAs(CallOutcomes.CALLED_ON.name()),
                        row.getAs(CallOutcomes.IS_REACHED.name()),
                        row.getAs(CallOutcomes.OUTCOME_CODE.name())))
        .collect(Collectors.toList());
  }
}
