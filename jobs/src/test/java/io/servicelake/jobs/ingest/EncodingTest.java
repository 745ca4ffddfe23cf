package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodingTest {
  private static final Charset GB = Charset.forName("GB18030");
  private static final String BROKEN = ": The line holds bytes that are no text.";

  @TempDir Path folder;

  @Test
  void aFileIsReadAsUtf8IfAllOfItIsAndElseAsGb18030() throws IOException {
    String text = "编号,故障\n1,刹车异响\n2,模\n3,été\n";

    assertThat(read(text.getBytes(StandardCharsets.UTF_8)))
        .containsExactly("1: 编号|故障", "2: 1|刹车异响", "3: 2|模", "4: 3|été");
    // The bytes of 模 are two-byte UTF-8 by accident.
    assertThat(read(text.getBytes(GB)))
        .containsExactly("1: 编号|故障", "2: 1|刹车异响", "3: 2|模", "4: 3|été");
  }

  @Test
  void charactersOfFourBytesAreReadInBothEncodings() throws IOException {
    assertThat(read("编号,字\n1,𠮷\n".getBytes(GB))).containsExactly("1: 编号|字", "2: 1|𠮷");
    assertThat(read("编号,字\n1,𠮷\n".getBytes(StandardCharsets.UTF_8)))
        .containsExactly("1: 编号|字", "2: 1|𠮷");
  }

  @Test
  void byteOrderMarksAreObeyedAndPassedOver() throws IOException {
    assertThat(read(bytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, "编号,b\n1,2\n")))
        .containsExactly("1: 编号|b", "2: 1|2");
    assertThat(read("\uFEFF编号,b\r\n1,2\r\n".getBytes(StandardCharsets.UTF_16LE)))
        .containsExactly("1: 编号|b", "2: 1|2");
    assertThat(read("\uFEFF编号,b\n1,2\n".getBytes(StandardCharsets.UTF_16BE)))
        .containsExactly("1: 编号|b", "2: 1|2");
  }

  @Test
  void linesOfOneFileMayDiffer() throws IOException {
    byte[] mixed =
        join(
            "编号,故障\n1,刹车异响\n".getBytes(GB),
            "2,空调不制冷\n".getBytes(StandardCharsets.UTF_8),
            "3,漏油\n".getBytes(GB));

    assertThat(read(mixed)).containsExactly("1: 编号|故障", "2: 1|刹车异响", "3: 2|空调不制冷", "4: 3|漏油");
  }

  @Test
  void aLineWithHalfACharacterIsRefusedByItself() throws IOException {
    byte[] cut = "刹车异响".getBytes(StandardCharsets.UTF_8);
    byte[] utf8 =
        join(
            "编号,故障\n1,漏油\n2,".getBytes(StandardCharsets.UTF_8),
            java.util.Arrays.copyOf(cut, cut.length - 1),
            "\n3,好\n".getBytes(StandardCharsets.UTF_8));
    byte[] gb =
        join(
            "编号,故障\n1,漏油\n2,".getBytes(GB),
            new byte[] {(byte) 0xC9},
            "\n3,好\n".getBytes(GB),
            new byte[] {'4', ',', (byte) 0xFF, '\n'});

    assertThat(read(utf8)).containsExactly("1: 编号|故障", "2: 1|漏油", "3" + BROKEN, "4: 3|好");
    assertThat(read(gb))
        .containsExactly("1: 编号|故障", "2: 1|漏油", "3" + BROKEN, "4: 3|好", "5" + BROKEN);
  }

  @Test
  void aNamedEncodingRefusesTheWholeFile() throws IOException {
    Path file = Files.write(folder.resolve("a.csv"), new byte[] {'a', '\n', (byte) 0xFF, '\n'});

    assertThat(FileCheck.of(source(file), format("GB18030")).fault())
        .isEqualTo("its text is not GB18030");
    assertThat(FileCheck.of(source(file), format(FileFormat.AUTO)).fault()).isEmpty();
  }

  @Test
  void loneReturnsEndLinesAndNumbersStayExact() throws IOException {
    assertThat(read("a,b\r1,2\r\r3,4".getBytes(StandardCharsets.UTF_8)))
        .containsExactly("1: a|b", "2: 1|2", "4: 3|4");
  }

  private List<String> read(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("f.csv"), content);
    List<String> lines = new ArrayList<>();
    try (Records records = Records.open(source(file), format(FileFormat.AUTO), List.of())) {
      for (RawRecord one = records.next(); one != null; one = records.next()) {
        lines.add(one.line() + ": " + one.fault() + String.join("|", one.cells()));
      }
    }
    return lines;
  }

  private static FileFormat format(String encoding) {
    return new FileFormat(FileFormat.Kind.CSV, ",", "\"", encoding, List.of(), "", 1);
  }

  private static SourceFile source(Path file) throws IOException {
    return new SourceFile(
        "s", file.toUri().toString(), file.getFileName().toString(), Files.size(file), 0, "");
  }

  private static byte[] bytes(byte[] mark, String text) throws IOException {
    return join(mark, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] join(byte[]... parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.write(part);
    }
    return out.toByteArray();
  }
}
