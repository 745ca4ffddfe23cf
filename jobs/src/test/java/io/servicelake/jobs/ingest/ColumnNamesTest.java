package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.contract.bronze.SourceRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnNamesTest {
  private static final int PAYLOAD =
      SourceRows.TABLE.schema().fieldIndex(SourceRows.PAYLOAD.name());

  @TempDir Path folder;

  @Test
  void aColumnUnderAnotherNameIsReadAndOneMoreIsLeftBehind() throws IOException {
    assertThat(payloads(FileFormat.Kind.CSV, "no,extra,mileage\n1,x,500\n"))
        .containsExactly("{\"no\":\"1\",\"km\":\"500\"}");
    assertThat(payloads(FileFormat.Kind.CSV, "mileage,km,no\n400,500,1\n"))
        .containsExactly("{\"no\":\"1\",\"km\":\"500\"}");
    assertThat(payloads(FileFormat.Kind.CSV, "reading,mileage,no\n400,500,1\n"))
        .containsExactly("{\"no\":\"1\",\"km\":\"400\"}");
  }

  @Test
  void inJsonEachLineMayUseAnotherName() throws IOException {
    assertThat(
            payloads(
                FileFormat.Kind.JSONL,
                "{\"no\":1,\"km\":500}\n{\"no\":2,\"reading\":600}\n{\"mileage\":7,\"no\":3}\n"))
        .containsExactly(
            "{\"no\":\"1\",\"km\":\"500\"}",
            "{\"no\":\"2\",\"km\":\"600\"}",
            "{\"no\":\"3\",\"km\":\"7\"}");
  }

  @Test
  void anUnknownNameRefusesTheFileAndTheNearestIsToldUnlessItMayBeAValue() throws IOException {
    assertThat(payloads(FileFormat.Kind.CSV, "no,kms,extra\n1,500,x\n"))
        .singleElement()
        .asString()
        .contains("BAD_FILE", "its header lacks km (the nearest is kms).");
    assertThat(payloads(FileFormat.Kind.CSV, "王小伟,13912345678\n李明,13912345679\n"))
        .singleElement()
        .asString()
        .contains("its header lacks no, km.")
        .doesNotContain("139", "王");
  }

  @Test
  void anAliasOfNoColumnOrOfTwoIsAFaultOfTheMapping() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("dealers.conf"),
            """
            source = dealers
            files = ["*.csv"]
            zone = Asia/Shanghai
            format.aliases { code = [id], nmae = [title], name = [id, code] }
            targets.dealers.columns {
              dealer_id = code
              dealer_name = name
              occurred_at = saved
              known_at = saved
            }
            """);

    assertThat(new MappingReader(IngestSteps.TABLES).read(file).faults())
        .extracting(fault -> fault.key() + ": " + fault.problem())
        .filteredOn(fault -> fault.startsWith("format"))
        .containsExactlyInAnyOrder(
            "format.aliases.name: id is a name of code",
            "format.aliases.name: code is a column",
            "format.aliases: no rule reads nmae");
  }

  private List<String> payloads(FileFormat.Kind kind, String text) throws IOException {
    Path path = Files.writeString(folder.resolve("file"), text);
    FileFormat format =
        new FileFormat(
            kind, ",", "\"", "UTF-8", List.of(), "", 1, Map.of("mileage", "km", "reading", "km"));
    SourceReading reading =
        new SourceReading(
            "orders",
            format,
            ZoneId.of("UTC"),
            List.of(),
            List.of("no", "km"),
            List.of(),
            List.of(),
            "86",
            false);
    SourceFile file =
        new SourceFile("orders", path.toUri().toString(), "file", Files.size(path), 1, "hash");
    List<String> payloads = new ArrayList<>();
    new ReadFiles(TestLake.MASTER)
        .call(new ReadFiles.Task(file, reading, 0, 1, "run", ""))
        .forEachRemaining(row -> payloads.add(row.getString(PAYLOAD)));
    return payloads;
  }
}
