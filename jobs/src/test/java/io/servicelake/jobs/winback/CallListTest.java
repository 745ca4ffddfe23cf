package io.servicelake.jobs.winback;

import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.Campaigns;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import io.servicelake.jobs.kafka.KafkaBroker;
import io.servicelake.jobs.kafka.KafkaConnection;
import io.servicelake.jobs.kafka.KafkaForTests;
import io.servicelake.jobs.kafka.Topics;
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
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.sql.Column;
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
    lake.replace(
        Campaigns.TABLE,
        TestRows.of(Campaigns.TABLE).row(Campaigns.CAMPAIGN_ID, "winback-2025-06").build(),
        new Txn("campaigns", 1));
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
  void ofAnEarlierExportOfTheDayNothingStaysThatMayBeSentOut() throws IOException {
    Path out = folder.resolve("out");
    ExportLists.write(lake, out, Optional.empty());
    Path yesterday = Files.writeString(out.resolve("2025-06-30_D2.csv"), "of another day");
    Path draft = Files.writeString(out.resolve("2025-07-01_D1.csv.servicelake-draft"), "killed");
    nothingIsToBeDoneFor("c4");

    List<Path> files = ExportLists.write(lake, out, Optional.empty());

    assertThat(files).extracting(Path::getFileName).asString().doesNotContain("D2");
    assertThat(out.resolve("2025-07-01_D2.xlsx")).doesNotExist();
    assertThat(out.resolve("2025-07-01_D2.csv")).doesNotExist();
    assertThat(draft).doesNotExist();
    assertThat(yesterday).exists();
    assertThat(files).hasSize(2).allSatisfy(file -> assertThat(file).isNotEmptyFile());
  }

  @Test
  void aFileThatWasFilledInIsNeitherReplacedNorRemoved() throws IOException {
    Path out = folder.resolve("out");
    ExportLists.write(lake, out, Optional.empty());
    Path filledIn = filledIn(out.resolve("2025-07-01_D2.csv"), "2025-07-03,是,会来店,");
    String kept = Files.readString(filledIn);
    String other = Files.readString(out.resolve("2025-07-01_D1.csv"));

    for (String left : List.of("c1", "c4")) {
      nothingIsToBeDoneFor(left);
      assertThatThrownBy(() -> ExportLists.write(lake, out, Optional.empty()))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("not as they were exported: 2025-07-01_D2.csv. ");
    }
    assertThat(filledIn).hasContent(kept);
    assertThat(out.resolve("2025-07-01_D1.csv")).hasContent(other);
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files).hasSize(5);
    }

    Files.move(filledIn, folder.resolve("back.csv"));
    assertThat(ExportLists.write(lake, out, Optional.empty())).hasSize(2);
  }

  @Test
  void theListsGoToATopicByPseudonymAloneAndWhoLeavesThemIsWithdrawn() throws Exception {
    KafkaBroker broker = KafkaForTests.broker(folder.resolve("kafka"));
    broker.start();
    try {
      KafkaConnection connection = KafkaForTests.connection(broker);

      // Nothing is to be done for the third, the fifth was called.
      assertThat(SendLists.send(lake, connection, "winback")).isEqualTo(new SendLists.Sent(3, 0));
      assertThat(KafkaForTests.read(broker, "winback"))
          .hasSize(3)
          .anyMatch(
              text ->
                  text.contains("\"campaign_id\":\"winback-2025-06\"")
                      && text.contains("\"customer_id\":\"c4\""))
          .noneMatch(text -> text.contains("customer_name") || text.contains("phone"));

      KafkaForTests.send(broker, "winback", "notice|c9", "of another system");
      nothingIsToBeDoneFor("c1");
      assertThat(SendLists.send(lake, connection, "winback")).isEqualTo(new SendLists.Sent(2, 1));
      assertThat(SendLists.send(lake, connection, "winback"))
          .as("what is withdrawn is not withdrawn again")
          .isEqualTo(new SendLists.Sent(2, 0));
      assertThat(KafkaForTests.messages(broker, "winback"))
          .filteredOn(message -> message.value() == null)
          .extracting(ConsumerRecord::key)
          .containsExactly("winback-2025-06|c1");

      try (Topics topics = new Topics(connection)) {
        topics.create(List.of("forgetful"));
      }
      assertThatThrownBy(() -> SendLists.send(lake, connection, "forgetful"))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("its cleanup.policy is delete");
    } finally {
      broker.stop();
    }
  }

  private void nothingIsToBeDoneFor(String customer) {
    Column task = when(WinbackList.CUSTOMER_ID.col().notEqual(customer), WinbackList.TASK.col());
    lake.replace(
        WinbackList.TABLE,
        lake.read(WinbackList.TABLE).withColumn(WinbackList.TASK.name(), task),
        new Txn("without " + customer, 1));
  }

  @Test
  void filledInFilesComeBackOnceWhateverTheirFormAndEncoding() throws IOException {
    List<Path> files = ExportLists.write(lake, folder.resolve("out"), Optional.empty());
    Path text = filledIn(files.get(1), "2025/7/3,是,已预约,很满意");
    Files.writeString(text, Files.readString(text).substring(1), Charset.forName("GB18030"));
    Path book = workbook("back.xlsx", "c4", "D2", "2025-07-04", "否", "");

    ImportOutcomes.Result first = ImportOutcomes.take(lake, List.of(text, book), TODAY);
    ImportOutcomes.Result again = ImportOutcomes.take(lake, List.of(text, book), TODAY);

    assertThat(first.taken()).isEqualTo(2);
    assertThat(first.blank()).isEqualTo(1);
    assertThat(first.isNew()).isTrue();
    assertThat(again.isNew()).isFalse();
    assertThat(outcomes()).containsExactly("c1 2025-07-03 true BOOKED", "c4 2025-07-04 false null");
    ImportOutcomes.take(
        lake, List.of(workbook("back.xlsx", "c4", "D2", "2025-07-05", "1", "会来店")), TODAY);
    assertThat(outcomes())
        .containsExactly(
            "c1 2025-07-03 true BOOKED",
            "c4 2025-07-04 false null",
            "c4 2025-07-05 true WILL_COME");
  }

  @Test
  void noOtherRowTakesBackThatSomebodyIsNotToBeCalledAgain() throws IOException {
    Path said = workbook("said.xlsx", "c1", "D1", "2025-07-03", "是", "勿再联系");
    Path older = workbook("older.xlsx", "c1", "D1", "2025-07-03", "否", "无人接听");

    ImportOutcomes.Result both = ImportOutcomes.take(lake, List.of(said, older), TODAY);
    ImportOutcomes.Result later = ImportOutcomes.take(lake, List.of(older), TODAY);

    assertThat(both.refused()).isEqualTo(Map.of("REPEATED", 1L));
    assertThat(later.refused()).isEqualTo(Map.of("REPEATED", 1L));
    assertThat(outcomes()).containsExactly("c1 2025-07-03 true DO_NOT_CALL");
    ImportOutcomes.take(
        lake, List.of(workbook("later.xlsx", "c1", "D1", "2025-07-05", "否", "无人接听")), TODAY);
    assertThat(outcomes())
        .containsExactly("c1 2025-07-03 true DO_NOT_CALL", "c1 2025-07-05 false NO_ANSWER");
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
            "winback-2025-06,D1,c1,2025-07-03,,NO_ANSWER",
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
    assertThat(result.refusals())
        .hasSize(9)
        .contains(new ImportOutcomes.Refusal(file.toAbsolutePath(), 3, "UNKNOWN_CUSTOMER"));
    assertThat(outcomes()).containsExactly("c1 2025-07-03 false NO_ANSWER");
  }

  @Test
  void aRowThatCannotBeTakenDisplacesNoneThatCan() throws IOException {
    Path file =
        filled(
            "back.csv",
            "winback-2025-06,D1,c1,2025-07-03,是,已预约",
            "winback-2025-06,D1,c1,2025-07-03,是,maybe");

    assertThat(ImportOutcomes.take(lake, List.of(file), TODAY).refused())
        .isEqualTo(Map.of("BAD_OUTCOME", 1L));
    assertThat(outcomes()).containsExactly("c1 2025-07-03 true BOOKED");
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

  @Test
  void eachFileMayBeAsLongAsACallListMayBe() throws IOException {
    Path longest = rowsWithoutACall("longest.csv", 100_000);
    Path another = rowsWithoutACall("another.csv", 5);
    Path tooLong = rowsWithoutACall("too-long.csv", 100_001);

    assertThat(ReadOutcomes.of(List.of(longest, another))).hasSize(100_005);
    assertThatThrownBy(() -> ReadOutcomes.of(List.of(another, tooLong)))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith(
            "Cannot read the call list %s: it has more than 100,000 rows", tooLong);
  }

  private Path rowsWithoutACall(String name, int rows) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        "campaign_id,dealer_id,customer_id,called_on,is_reached,outcome_code\n"
            + "winback-2025-06,D1,c2,,,\n".repeat(rows));
  }

  /** The file with its first customer's blank columns filled in. */
  private static Path filledIn(Path file, String cells) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.UTF_8));
    lines.set(1, lines.get(1).replaceAll(",,,,$", "," + cells));
    Files.write(file, lines, StandardCharsets.UTF_8);
    return file;
  }

  private Path workbook(
      String name, String customer, String dealer, String day, String reached, String outcome)
      throws IOException {
    Path file = folder.resolve(name);
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
        .orderBy(CallOutcomes.CUSTOMER_ID.col(), CallOutcomes.CALLED_ON.col())
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

  /** A file of these rows. */
  private Path filled(String name, String... rows) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        "campaign_id,dealer_id,customer_id,called_on,is_reached,outcome_code\n"
            + String.join("\n", rows)
            + "\n");
  }
}
