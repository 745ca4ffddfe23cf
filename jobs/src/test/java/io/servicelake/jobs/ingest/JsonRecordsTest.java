package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonRecordsTest {
  private static final FileFormat JSONL =
      new FileFormat(FileFormat.Kind.JSONL, "", "\"", "UTF-8", List.of(), "", 1);
  private static final String REFUSED = ": The line is no JSON object with each name once.";

  @TempDir Path folder;

  @Test
  void innerObjectsAreNamedWithDotsAndListsKeepTheirText() throws IOException {
    Path file =
        text(
            "{\"id\":\"A1\",\"car\":{\"vin\":\"L1\",\"km\":1.50},\"jobs\":[{\"c\": 1}, 2],\"ok\":true}\n"
                + "{\"car\":{\"km\":1E5,\"vin\":null},\"id\":7,\"new\":\"x\"}\n");

    assertThat(read(file, "id", "car.vin", "car.km", "jobs", "ok", "car"))
        .containsExactly(
            "0: id|car.vin|car.km|jobs|ok|car",
            "1: A1|L1|1.50|[{\"c\": 1}, 2]|true|{\"vin\":\"L1\",\"km\":1.50}",
            "2: 7||1E5|||{\"km\":1E5,\"vin\":null}");
    assertThat(JsonRecords.names(source(file), JSONL, 10))
        .containsExactly("id", "car.vin", "car.km", "jobs", "ok", "new");
  }

  @Test
  void badLinesAreRefusedOneByOneWithTheirNumber() throws IOException {
    Path file =
        text(
            "{\"id\":1}\n\n{\"id\":\n[1]\nnull\n{\"id\":1}{\"id\":2}\n{\"id\":1,\"id\":2}\n"
                + "{\"a.b\":1,\"a\":{\"b\":2}}\n{\"id\":2}\r\n"
                + "{\"id\":"
                + "[".repeat(5000)
                + "\n{\"id\":3}");

    assertThat(read(file, "id"))
        .containsExactly(
            "0: id",
            "1: 1",
            "3" + REFUSED,
            "4" + REFUSED,
            "5" + REFUSED,
            "6" + REFUSED,
            "7" + REFUSED,
            "8" + REFUSED,
            "9: 2",
            "10" + REFUSED,
            "11: 3");
  }

  @Test
  void zippedLinesAreRead() throws IOException {
    Path file = folder.resolve("a.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("{\"车牌\":\"沪A12345\"}\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(FileCheck.of(source(file), JSONL).fault()).isEmpty();
    assertThat(read(file, "车牌")).containsExactly("0: 车牌", "1: 沪A12345");
  }

  private Path text(String content) throws IOException {
    return Files.writeString(folder.resolve("a.jsonl"), content);
  }

  private static List<String> read(Path file, String... columns) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Records records = Records.open(source(file), JSONL, List.of(columns))) {
      for (RawRecord one = records.next(); one != null; one = records.next()) {
        lines.add(one.line() + ": " + one.fault() + String.join("|", one.cells()));
      }
    }
    return lines;
  }

  private static SourceFile source(Path file) throws IOException {
    return new SourceFile(
        "s", file.toUri().toString(), file.getFileName().toString(), Files.size(file), 0, "");
  }
}
