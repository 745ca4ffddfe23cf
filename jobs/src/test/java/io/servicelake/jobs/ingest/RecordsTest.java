package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
  private static final FileFormat CSV =
      new FileFormat(FileFormat.Kind.CSV, "", "\"", "UTF-8", List.of(), "", 1);
  private static final FileFormat XLSX =
      new FileFormat(FileFormat.Kind.XLSX, "", "\"", "UTF-8", List.of(), "", 1);

  @TempDir Path folder;

  @Test
  void linesAreCountedOverQuotedLineBreaksAndEmptyLines() throws IOException {
    Path file =
        text("a.csv", "\uFEFF编号,备注\r\n1,\"a\r\nb, \"\"c\"\"\"\r\n\r\n2,d\r\n3,\"x\ny\"\r\n4,z");

    assertThat(read(file, CSV))
        .containsExactly("1: 编号|备注", "2: 1|a\r\nb, \"c\"", "5: 2|d", "6: 3|x\ny", "8: 4|z");
  }

  @Test
  void theDelimiterIsFoundInTheFirstLineOutsideQuotes() throws IOException {
    Path file = text("a.csv", "a;\"b,c,d,e\";f\n1;2,5;3\n");

    assertThat(read(file, CSV)).containsExactly("1: a|b,c,d,e|f", "2: 1|2,5|3");
  }

  @Test
  void columnsAlignedBySpacesAreRead() throws IOException {
    Path file =
        text("a.txt", " id  day number\r\n 0001 19970101  1\r\n   \r\n  2   19970102 12 \r\n");
    FileFormat aligned = new FileFormat(FileFormat.Kind.CSV, " ", "", "UTF-8", List.of(), "", 1);

    assertThat(read(file, aligned))
        .containsExactly("1: id|day|number", "2: 0001|19970101|1", "4: 2|19970102|12");
  }

  @Test
  void gzippedAndOtherwiseEncodedTextIsRead() throws IOException {
    Path file = folder.resolve("a.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("车牌,里程\n沪A12345,7\n".getBytes(Charset.forName("GB18030")));
    }
    FileFormat chinese =
        new FileFormat(FileFormat.Kind.CSV, ",", "\"", "GB18030", List.of(), "", 1);

    assertThat(read(file, chinese)).containsExactly("1: 车牌|里程", "2: 沪A12345|7");
    assertThat(check(file, CSV).fault()).isEqualTo("its text is not UTF-8");
    assertThat(check(file, chinese).fault()).isEmpty();
  }

  @Test
  void sheetsGiveNumbersInPlainDigitsDatesInIsoAndTheirRowNumbers() throws IOException {
    Path file = folder.resolve("a.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        Workbook workbook = new Workbook(out, "test", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("配件");
      sheet.value(0, 0, "配件号");
      sheet.value(0, 1, "单位成本");
      sheet.value(0, 2, "日期");
      sheet.value(1, 0, "A-1");
      sheet.value(1, 1, 1234567.5);
      sheet.value(1, 2, java.time.LocalDateTime.of(2024, 3, 5, 8, 30));
      sheet.style(1, 2).format("yyyy-mm-dd hh:mm").set();
      sheet.value(3, 0, "A-2");
      sheet.value(3, 1, 2);
    }

    assertThat(read(file, XLSX))
        .containsExactly("1: 配件号|单位成本|日期", "2: A-1|1234567.5|2024-03-05 08:30:00", "4: A-2|2|");
  }

  @ParameterizedTest
  @ValueSource(ints = {31, 58})
  void daysThatChineseExcelFormatsByNumberAloneAreDays(int format) throws IOException {
    Path file = folder.resolve("days.xlsx");
    sheetWithADay(file, "0.000");
    assertThat(read(file, XLSX)).containsExactly("1: 46053");

    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Path styles = zip.getPath("xl/styles.xml");
      String number = " numFmtId=\"%d\"".formatted(format);
      Files.writeString(
          styles,
          Files.readString(styles)
              .replaceAll("<numFmts.*</numFmts>", "")
              .replaceAll(" numFmtId=\"16\\d\"", number));
    }
    assertThat(read(file, XLSX)).containsExactly("1: 2026-01-31 00:00:00");
  }

  @Test
  void monthAndDayInSignsAreADay() throws IOException {
    Path file = folder.resolve("days.xlsx");
    sheetWithADay(file, "m&quot;月&quot;d&quot;日&quot;");
    assertThat(read(file, XLSX)).containsExactly("1: 2026-01-31 00:00:00");
  }

  private static void sheetWithADay(Path file, String format) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        Workbook workbook = new Workbook(out, "test", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("a");
      sheet.value(0, 0, 46053);
      sheet.style(0, 0).format(format).set();
    }
  }

  @Test
  void filesThatCannotBeReadAreToldBeforeAnyRowIsTaken() throws IOException {
    Path whole = folder.resolve("whole.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      out.write("a,b\n1,2\n".repeat(500).getBytes(StandardCharsets.UTF_8));
    }
    Path cut = folder.resolve("cut.csv.gz");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(whole), (int) Files.size(whole) - 12));
    Path noZip = text("no.xlsx", "this is no workbook");

    assertThat(check(whole, CSV).fault()).isEmpty();
    assertThat(check(cut, CSV).fault()).isEqualTo("it is cut short or no gzip file");
    assertThat(check(noZip, XLSX).fault()).isNotEmpty();
    assertThat(check(cut, CSV).file().hash())
        .hasSize(64)
        .isNotEqualTo(check(whole, CSV).file().hash());
  }

  private Path text(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static FileCheck check(Path file, FileFormat format) throws IOException {
    return FileCheck.of(source(file), format);
  }

  private static SourceFile source(Path file) throws IOException {
    return new SourceFile(
        "s", file.toUri().toString(), file.getFileName().toString(), Files.size(file), 0, "");
  }

  private static List<String> read(Path file, FileFormat format) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Records records = Records.open(source(file), format, List.of())) {
      for (RawRecord one = records.next(); one != null; one = records.next()) {
        lines.add(one.line() + ": " + String.join("|", one.cells()));
      }
    }
    return lines;
  }
}
