package io.servicelake.jobs.simulate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** The call lists of one day, read by their headers and written back filled in. */
final class CallLists {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final Pattern NAME = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})_.+\\.csv");
  private static final String DEALER = "经销商";
  private static final String PHONE = "电话";
  private static final String TASK = "任务";
  private static final String MAKE_OFFER = "MAKE_OFFER";
  private static final String WINDOW_UNTIL = "观察截止日";
  private static final String CALLED_ON = "联系日期";
  private static final String IS_REACHED = "是否接通";
  private static final String OUTCOME = "联系结果";

  /** A customer on a list. */
  static final class Entry {
    final String dealerCode;
    final String phone;
    final int windowUntilDay;
    private final List<String> header;
    private final String[] cells;

    private Entry(List<String> header, CSVRecord row) {
      this.header = header;
      this.cells = row.values();
      this.dealerCode = cells[header.indexOf(DEALER)];
      this.phone = cells[header.indexOf(PHONE)].replaceAll("\\D", "");
      this.windowUntilDay = (int) LocalDate.parse(cells[header.indexOf(WINDOW_UNTIL)]).toEpochDay();
    }

    /** Notes a call as a dealer would. */
    void fillIn(int calledDay, boolean isReached, String outcome) {
      cells[header.indexOf(CALLED_ON)] = Dates.day(calledDay, Dates.D1);
      cells[header.indexOf(IS_REACHED)] = isReached ? "是" : "否";
      cells[header.indexOf(OUTCOME)] = outcome;
    }
  }

  final LocalDate day;
  final List<Entry> entries = new ArrayList<>();
  private final Map<Path, List<String[]>> files = new LinkedHashMap<>();

  private CallLists(LocalDate day) {
    this.day = day;
  }

  /**
   * Reads the lists in a folder.
   *
   * @throws IllegalArgumentException if there are none, of several days, or without phones
   */
  static CallLists read(Path folder) throws IOException {
    Map<Path, LocalDate> found = new LinkedHashMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> children = Files.list(folder)) {
        for (Path file : children.sorted().toList()) {
          Matcher name = NAME.matcher(file.getFileName().toString());
          if (name.matches()) {
            found.put(file, LocalDate.parse(name.group(1)));
          }
        }
      }
    }
    TreeSet<LocalDate> days = new TreeSet<>(found.values());
    if (days.size() != 1) {
      throw new IllegalArgumentException(
          "Cannot simulate answers: "
              + (days.isEmpty() ? "there is no call list" : "there are call lists of " + days)
              + " in "
              + folder
              + ". The customers of one day's lists are called. Give the folder of 'winback export --contacts --out'.");
    }
    CallLists lists = new CallLists(days.first());
    for (Path file : found.keySet()) {
      lists.read(file, CSVFormat.EXCEL);
    }
    return lists;
  }

  private void read(Path file, CSVFormat format) throws IOException {
    List<String[]> rows = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser parser = format.parse(reader)) {
      List<String> header = null;
      for (CSVRecord row : parser) {
        if (header == null) {
          String[] cells = row.values();
          cells[0] = cells[0].startsWith(BYTE_ORDER_MARK) ? cells[0].substring(1) : cells[0];
          rows.add(cells);
          header = List.of(cells);
          check(file, header);
        } else {
          Entry entry = new Entry(header, row);
          // The manager's calls to settle a complaint are no offers.
          if (entry.cells[header.indexOf(TASK)].equals(MAKE_OFFER)) {
            entries.add(entry);
          }
          rows.add(entry.cells);
        }
      }
    }
    files.put(file, rows);
  }

  private static void check(Path file, List<String> header) {
    List<String> missing =
        Stream.of(DEALER, PHONE, TASK, WINDOW_UNTIL, CALLED_ON, IS_REACHED, OUTCOME)
            .filter(column -> !header.contains(column))
            .toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot simulate answers: "
              + file
              + " lacks the columns "
              + String.join(", ", missing)
              + ". Who is called is known by dealer and phone. Export the lists with --contacts.");
    }
  }

  /** Writes the lists as they stand below their folder, readable to whom they are. */
  void write() throws IOException {
    for (Map.Entry<Path, List<String[]>> file : files.entrySet()) {
      Path folder = Files.createDirectories(file.getKey().resolveSibling(OfferAnswers.ANSWERED));
      Path answered = folder.resolve(file.getKey().getFileName());
      Files.copy(
          file.getKey(),
          answered,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
      try (BufferedWriter out = Files.newBufferedWriter(answered, StandardCharsets.UTF_8)) {
        out.write(BYTE_ORDER_MARK);
        CSVPrinter printer = CSVFormat.EXCEL.print(out);
        for (String[] cells : file.getValue()) {
          printer.printRecord((Object[]) cells);
        }
      }
    }
  }
}
