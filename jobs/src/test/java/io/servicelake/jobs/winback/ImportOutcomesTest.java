package io.servicelake.jobs.winback;

import static io.servicelake.jobs.winback.CampaignOfTwoDealers.candidate;
import static io.servicelake.jobs.winback.CampaignOfTwoDealers.filledIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.TestRows;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Filled-in call lists as they come back: what is taken, and what is refused for which reason. */
class ImportOutcomesTest {
  private static final LocalDate TODAY = LocalDate.parse("2025-07-20");

  @TempDir private Path folder;
  private Lakehouse lake;

  @BeforeEach
  void aCampaignOfTwoDealers() {
    lake = CampaignOfTwoDealers.in(folder.resolve("lake"));
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
        candidate(TestRows.of(WinbackCandidates.TABLE), "h", "D1", "HOLD_OUT", null).build(),
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
    return filled(
        name, Collections.nCopies(rows, "winback-2025-06,D1,c2,,,").toArray(String[]::new));
  }

  /** A file of these rows. */
  private Path filled(String name, String... rows) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        "campaign_id,dealer_id,customer_id,called_on,is_reached,outcome_code\n"
            + String.join("\n", rows)
            + "\n");
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
}
