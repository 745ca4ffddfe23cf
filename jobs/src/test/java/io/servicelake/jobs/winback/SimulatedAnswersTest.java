package io.servicelake.jobs.winback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.contract.Field;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.jobs.simulate.DirtyLevel;
import io.servicelake.jobs.simulate.OfferAnswers;
import io.servicelake.jobs.simulate.Simulation;
import io.servicelake.jobs.simulate.SimulationOptions;
import io.servicelake.jobs.simulate.SimulationSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Call lists of the product, answered by the simulator. */
class SimulatedAnswersTest {
  private static final LocalDate END = LocalDate.of(2025, 12, 31);
  private static final LocalDate DAY = LocalDate.of(2025, 8, 31);
  private static final LocalDate UNTIL = DAY.plusDays(90);

  @TempDir static Path folder;
  private static int listed;
  private static SimulationSummary answered;

  @BeforeAll
  static void callEverybody() throws IOException {
    run("before", options(DAY, Optional.empty()));
    run("uncalled", options(END, Optional.empty()));
    listed = writeLists("lists");
    writeLists("idle-lists");
    answered = run("answered", options(END, answers("lists", 0.5)));
    run("idle", options(END, answers("idle-lists", 0)));
  }

  private static SimulationOptions options(LocalDate exportOn, Optional<OfferAnswers> answers) {
    return new SimulationOptions(2, 400, 2, 3, END, DirtyLevel.NONE, exportOn, answers);
  }

  private static Optional<OfferAnswers> answers(String lists, double lift) {
    return Optional.of(new OfferAnswers(folder.resolve(lists), lift));
  }

  private static SimulationSummary run(String name, SimulationOptions options) throws IOException {
    return Simulation.run(options, folder.resolve(name), folder.resolve(name + "-truth"));
  }

  @Test
  void theDayAfterTheListsNothingIsOtherThanWithoutThem() throws IOException {
    run("next-day", options(DAY.plusDays(1), Optional.empty()));
    writeLists("next-lists");
    run("next-day-called", options(DAY.plusDays(1), answers("next-lists", 0.5)));

    assertThat(contents("next-day-called")).isEqualTo(contents("next-day"));
  }

  @Test
  void callsWithoutEffectChangeNoExport() throws IOException {
    assertThat(contents("idle")).isEqualTo(contents("uncalled"));
    assertThat(truth("idle"))
        .hasSameSizeAs(truth("answered"))
        .allMatch(
            row ->
                row.get("has_accepted").equals("false")
                    && row.get("came_with").equals(row.get("came_without"))
                    && row.get("own_pay_with_amount").equals(row.get("own_pay_without_amount")));
  }

  @Test
  void theTruthTellsBothCourses() throws IOException {
    assertThat(answered.listed()).isEqualTo(listed);
    assertThat(answered.called()).isEqualTo(listed);
    List<Map<String, String>> truth = truth("answered");
    List<Map<String, String>> idle = truth("idle");
    Map<String, Set<String>> files = filesOfPersons();
    Set<String> cameUncalled = visitors("uncalled");
    Set<String> cameCalled = visitors("answered");
    int gained = 0;
    for (int i = 0; i < truth.size(); i++) {
      Map<String, String> row = truth.get(i);
      for (String same :
          List.of(
              "person_no", "called_on", "is_reached", "came_without", "own_pay_without_amount")) {
        assertThat(row.get(same)).isEqualTo(idle.get(i).get(same));
      }
      Set<String> own = files.get(row.get("person_no"));
      assertThat(row.get("came_without"))
          .isEqualTo(String.valueOf(own.stream().anyMatch(cameUncalled::contains)));
      assertThat(row.get("came_with"))
          .isEqualTo(String.valueOf(own.stream().anyMatch(cameCalled::contains)));
      if (row.get("has_accepted").equals("true")) {
        assertThat(row.get("is_reached")).isEqualTo("true");
      } else {
        assertThat(row.get("came_with")).isEqualTo(row.get("came_without"));
      }
      gained += row.get("came_with").equals(row.get("came_without")) ? 0 : 1;
    }
    // About 0.66 are reached and half of them willing; some have come anyway, some have no vehicle.
    assertThat(gained / (double) listed).isBetween(0.1, 0.33);
  }

  @Test
  void theListsComeBackFilledInAsDealersFillThemIn() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder.resolve("lists").resolve(OfferAnswers.ANSWERED))) {
      files = all.sorted().toList();
    }
    List<Row> rows = ReadOutcomes.of(files);

    assertThat(rows).hasSize(listed);
    Set<String> outcomes = new HashSet<>();
    for (Row row : rows) {
      LocalDate calledOn = LocalDate.parse(text(row, CallOutcomes.CALLED_ON));
      assertThat(calledOn).isBetween(DAY.plusDays(1), DAY.plusDays(14));
      String outcome = text(row, CallOutcomes.OUTCOME_CODE);
      assertThat(text(row, CallOutcomes.IS_REACHED)).isEqualTo(outcome.equals("无人接听") ? "否" : "是");
      outcomes.add(outcome);
    }
    assertThat(outcomes).contains("无人接听", "已预约", "无意向");
  }

  private static String text(Row row, Field field) {
    return row.getString(ReadOutcomes.SCHEMA.fieldIndex(field.name()));
  }

  @Test
  void listsThatCannotBeAnsweredAreRefused() throws IOException {
    Path none = Files.createDirectory(folder.resolve("none"));
    assertThatThrownBy(() -> run("a", options(END, answers("none", 0.5))))
        .hasMessageContaining("there is no call list in " + none);
    writeLists("same-day");
    assertThatThrownBy(() -> run("b", options(DAY, answers("same-day", 0.5))))
        .hasMessageContaining("Nobody was called by then");
    Files.writeString(none.resolve("2025-08-31_SH01.csv"), "\uFEFF活动,经销商,观察截止日\n");
    assertThatThrownBy(() -> run("c", options(END, answers("none", 0.5))))
        .hasMessageContaining("lacks the columns 电话, 任务, 联系日期, 是否接通, 联系结果");
    Path strange = Files.createDirectory(folder.resolve("strange"));
    Files.writeString(
        strange.resolve("2025-08-31_SH01.csv"),
        "经销商,电话,任务,观察截止日,联系日期,是否接通,联系结果\n"
            + "SH01,13900000000,MAKE_OFFER,2025-11-29,,,\n"
            + "SH01,13900000001,SETTLE_COMPLAINT,2025-11-29,,,\n");
    assertThatThrownBy(() -> run("d", options(END, answers("strange", 0.5))))
        .hasMessageContaining("none of the 1 on the call lists");
    assertThatThrownBy(() -> options(END, answers("lists", 1.5)))
        .hasMessageContaining("lift is 1.5");
  }

  /** Lists of every private customer in the exports before the calls, each phone once. */
  private static int writeLists(String name) throws IOException {
    Path lists = Files.createDirectory(folder.resolve(name));
    Map<String, Map<String, String>> byPhone = new LinkedHashMap<>();
    for (Map<String, String> row : rows("before", "customers")) {
      if (row.get("客户类别").equals("个人")) {
        byPhone.putIfAbsent(row.get("手机号码"), row);
      }
    }
    // A later phone of the same file stands for the earlier.
    Map<String, String> phones = new LinkedHashMap<>();
    byPhone.forEach((phone, row) -> phones.put(row.get("经销商代码") + "," + row.get("客户编号"), phone));
    List<CallListColumn> columns = CallListColumn.of(true);
    Map<String, StringBuilder> texts = new TreeMap<>();
    phones.forEach(
        (file, phone) -> {
          String dealer = file.split(",")[0];
          StringBuilder text =
              texts.computeIfAbsent(
                  dealer,
                  any ->
                      new StringBuilder("\uFEFF")
                          .append(
                              columns.stream()
                                  .map(column -> column.field().labelZh())
                                  .collect(Collectors.joining(",")))
                          .append("\r\n"));
          text.append(
                  columns.stream()
                      .map(column -> cell(column.field().name(), dealer, file, phone))
                      .collect(Collectors.joining(",")))
              .append("\r\n");
        });
    for (Map.Entry<String, StringBuilder> text : texts.entrySet()) {
      Files.writeString(lists.resolve(DAY + "_" + text.getKey() + ".csv"), text.getValue());
    }
    return phones.size();
  }

  private static String cell(String column, String dealer, String file, String phone) {
    return switch (column) {
      case "campaign_id" -> "winback-2025-08";
      case "dealer_id" -> dealer;
      case "customer_id" -> file.replace(',', '-');
      case "phone" -> phone;
      case "window_until_on" -> UNTIL.toString();
      case "task" -> "MAKE_OFFER";
      case "offer_label_zh" -> "\"保养, 代金券\"";
      default -> "";
    };
  }

  private static Map<String, Set<String>> filesOfPersons() throws IOException {
    Map<String, Set<String>> files = new HashMap<>();
    for (Map<String, String> row : read(folder.resolve("answered-truth/person_files.csv"))) {
      files
          .computeIfAbsent(row.get("person_no"), any -> new HashSet<>())
          .add(row.get("dealer_code") + "," + row.get("customer_file_no"));
    }
    return files;
  }

  /** Customer files with an order received within the window. */
  private static Set<String> visitors(String run) throws IOException {
    Set<String> visitors = new HashSet<>();
    for (Map<String, String> row : rows(run, "repair_orders")) {
      LocalDate on = LocalDate.parse(row.get("进厂时间").substring(0, 10).replace('/', '-'));
      if (!row.get("状态").equals("作废") && on.isAfter(DAY) && !on.isAfter(UNTIL)) {
        visitors.add(row.get("经销商代码") + "," + row.get("客户编号"));
      }
    }
    return visitors;
  }

  private static List<Map<String, String>> truth(String run) throws IOException {
    return read(folder.resolve(run + "-truth").resolve("campaign_truth.csv"));
  }

  private static List<Map<String, String>> rows(String run, String table) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Path file : files(folder.resolve(run).resolve(table))) {
      rows.addAll(read(file));
    }
    return rows;
  }

  private static List<Map<String, String>> read(Path file) throws IOException {
    String text = Files.readString(file);
    try (CSVParser parser =
        CSVParser.parse(
            text.startsWith("\uFEFF") ? text.substring(1) : text,
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get())) {
      return parser.stream().map(CSVRecord::toMap).toList();
    }
  }

  private static Map<String, String> contents(String run) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    for (Path file : files(folder.resolve(run))) {
      contents.put(
          folder.resolve(run).relativize(file).toString(),
          Integer.toHexString(Arrays.hashCode(Files.readAllBytes(file))));
    }
    return contents;
  }

  private static List<Path> files(Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
