package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.SparkSessionForTests;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.contract.vault.Secrets;
import io.servicelake.contract.vault.SubjectKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of customers that are taken in once, corrected, replayed or refused. */
class IngestTest {
  private static final List<String> PERSONAL =
      List.of("王小伟", "Smith", "13912345678", "13700000001", "15811112222", "C0007");

  @TempDir Path temp;
  private CustomerFiles source;

  @BeforeEach
  void describeTheSource() throws IOException {
    source = new CustomerFiles(temp);
  }

  @Test
  void rowsGetTheirFateAndNothingPersonalStandsInTheLake() throws Exception {
    source.file(
        "a_20240101.csv",
        "SH01,C0007,王小伟,13912345678,1,王小伟 wants a call at 15811112222,2024-01-01 08:00:00\n"
            + "SH01,C0007,王小伟,13912345678,1,王小伟 wants a call at 15811112222,2024-01-01 08:00:00\n"
            + "SH01,C0008,John Smith,13700000001,9,,2024-01-01 08:00:00\n"
            + "SH01,,John Smith,13700000001,1,,2024-01-01 08:00:00\n"
            + "SH01,C0007,too,few\n");
    Files.write(source.data.resolve("b_20240102.csv"), new byte[] {(byte) 0xC4, (byte) 0xE3});

    TestLake lake = source.lake().run();

    assertThat(lake.fates()).containsExactly("customers>customers [6, 1, 4, 0, 1]");
    assertThat(lake.rows(Rejects.TABLE, Rejects.LINE_NUMBER, Rejects.REASON_CODE, Rejects.REASON))
        .containsExactly(
            "0 | BAD_FILE | The file is refused: its text is not UTF-8.",
            "4 | UNKNOWN_CODE | account_class: class is '9', expected one of 1, 2.",
            "5 | MISSING_KEY | customer_record_id: no value in number.",
            "6 | BAD_ROW | The record has 4 cells, the header 7.");
    assertThat(lake.lake.read(SourceRows.TABLE).count()).isEqualTo(6);
    Row name = secret(lake, "NAME", "王小伟");
    assertThat(name.<String>getAs(Secrets.TOKEN.name()))
        .isEqualTo(lake.rows(Customers.TABLE, Customers.NAME_TOKEN).get(0));
    assertNothingPersonalBelow(temp.resolve("lake"));
  }

  @Test
  void aFileSeenBeforeIsNotReadAgainAndACorrectedOneSupersedes() throws Exception {
    String rows = "SH01,C1,A B,13912345678,1,,2024-01-01 08:00:00\n";
    source.file("a_20240101.csv", rows);
    TestLake lake = source.lake().run();
    List<TableContract> tables =
        List.of(SourceRows.TABLE, SubjectKeys.TABLE, Secrets.TABLE, Customers.TABLE);
    var before = lake.versions(tables);

    Files.copy(source.data.resolve("a_20240101.csv"), source.data.resolve("again_20240109.csv"));
    lake.run();
    assertThat(lake.versions(tables)).isEqualTo(before);

    source.file("c_20240105.csv", rows.replace("13912345678", "13700000001"));
    source.file("d_20240106.csv", rows.replace(",1,,2024-01-01", ",2,,2024-02-02"));
    lake.run();

    assertThat(lake.fates()).containsExactly("customers>customers [3, 2, 0, 1, 0]");
    assertThat(
            lake.rows(
                Customers.TABLE,
                Versioned.KNOWN_AT,
                Versioned.SUPERSEDED_AT,
                Customers.ACCOUNT_CLASS,
                Versioned.SOURCE_STAMP))
        .containsExactly(
            "2024-01-01 00:00:00.0 | 2024-02-02 00:00:00.0 | PERSON | 2024-01-04 16:00:00.0",
            "2024-02-02 00:00:00.0 | null | FLEET | 2024-01-05 16:00:00.0");
    assertThat(lake.lake.read(SubjectKeys.TABLE).count()).isEqualTo(1);
  }

  @Test
  void filesInAnyOrderGiveTheSameTables() throws Exception {
    List<String> names = List.of("a_20240101.csv", "b_20240102.csv", "c_20240103.csv");
    List<String> contents =
        List.of(
            "SH01,C1,A,1,1,,2024-01-01 08:00:00\nSH01,C2,B,2,1,,2024-01-01 08:00:00\n",
            "SH01,C1,A,1,2,,2024-01-01 08:00:00\nSH01,C2,B,2,1,,2024-01-01 08:00:00\n",
            "SH01,C1,A,3,1,,2023-12-01 08:00:00\nSH01,C3,,2,7,,2024-01-01 08:00:00\n");
    for (int i = 0; i < 3; i++) {
      source.file(names.get(i), contents.get(i));
    }
    TestLake atOnce = source.lake().run();
    List<String> fates = atOnce.fates();
    List<String> customers = atOnce.content(Customers.TABLE);
    List<String> rejects = atOnce.content(Rejects.TABLE);
    for (String name : names) {
      Files.delete(source.data.resolve(name));
    }
    TestLake oneByOne = source.lake("other");
    for (int i : new int[] {2, 1, 0}) {
      source.file(names.get(i), contents.get(i));
      oneByOne.run();
    }

    assertThat(oneByOne.content(Customers.TABLE)).isEqualTo(customers);
    assertThat(oneByOne.content(Rejects.TABLE)).isEqualTo(rejects);
    assertThat(oneByOne.fates()).isEqualTo(fates);
  }

  @Test
  void aCorrectedMappingMakesTheTableAnewFromBronze() throws Exception {
    source.file(
        "a_20240101.csv",
        "SH01,C1,A,1,1,,2024-01-01 08:00:00\nSH01,C2,B,2,3,,2024-01-01 08:00:00\n");
    source.lake().run();
    source.mapping("1 = PERSON, 2 = FLEET, 3 = INSURER");

    TestLake lake = source.lake().run();

    assertThat(lake.fates()).containsExactly("customers>customers [2, 2, 0, 0, 0]");
    assertThat(lake.rows(Customers.TABLE, Customers.ACCOUNT_CLASS))
        .containsExactly("INSURER", "PERSON");
    assertThat(lake.lake.read(Rejects.TABLE).isEmpty()).isTrue();
  }

  @Test
  void aRefusedFileIsReadAgainWhenItsMappingReadsOtherwise() throws Exception {
    Path refused = source.data.resolve("a_20240101.csv");
    Files.write(
        refused,
        (CustomerFiles.HEADER + "SH01,C1,王小伟,1,1,,2024-01-01 08:00:00\n")
            .getBytes(java.nio.charset.Charset.forName("GB18030")));
    source.file("b_20240102.csv", "SH01,C2,B,2,1,,2024-01-01 08:00:00\n");
    TestLake lake = source.lake().run();
    assertThat(lake.fates()).containsExactly("customers>customers [2, 1, 1, 0, 0]");
    Path mapping = source.mappings.resolve("customers.conf");
    Files.writeString(mapping, Files.readString(mapping) + "format.encoding = GBK2K\n");
    assertThat(check(new StringWriter())).isEqualTo(2);
    source.mapping("1 = PERSON, 2 = FLEET");
    Files.writeString(mapping, Files.readString(mapping) + "format.encoding = auto\n");

    TestLake mended = source.lake().run();

    assertThat(mended.fates()).containsExactly("customers>customers [2, 2, 0, 0, 0]");
    assertThat(mended.lake.read(Rejects.TABLE).isEmpty()).isTrue();
    var versions = mended.versions(List.of(SourceRows.TABLE, Customers.TABLE));
    assertThat(source.lake().run().versions(List.of(SourceRows.TABLE, Customers.TABLE)))
        .isEqualTo(versions);
  }

  @Test
  void replayedRejectsGiveTheTableARebuildWouldGiveAndWriteTheirKeysOnly() throws Exception {
    source.file(
        "a_20240101.csv",
        "SH01,C1,A,1,1,,2024-01-01 08:00:00\nSH01,C2,B,2,3,,2024-01-01 08:00:00\n"
            + "SH01,C1,A,1,1,,2024-01-01 08:00:00\nSH01,C3,C,4,8,,2024-01-01 08:00:00\n");
    source.file("b_20240102.csv", "SH01,C1,A,1,3,,2024-01-01 08:00:00\n");
    TestLake lake = source.lake().run();
    assertThat(lake.fates()).containsExactly("customers>customers [5, 1, 3, 0, 1]");
    StringWriter list = new StringWriter();
    assertThat(
            RejectList.print(
                lake.lake.read(Rejects.TABLE),
                Map.of(Rejects.SOURCE_ID, "customers"),
                1,
                new PrintWriter(list)))
        .isEqualTo(3);
    assertThat(list.toString())
        .contains(
            "3  customers → customers  UNKNOWN_CODE",
            "a_20240101.csv:3  account_class: class is '3'")
        .doesNotContain("b_20240102.csv");

    source.mapping("1 = PERSON, 2 = FLEET, 3 = INSURER");
    TestLake replayed = source.lake();
    replayed.run(replayed.replay());
    List<String> customers = replayed.content(Customers.TABLE);
    var versions = replayed.versions(List.of(Customers.TABLE, Rejects.TABLE));
    replayed.run();

    TestLake anew = source.lake("anew").run();
    assertThat(customers).isEqualTo(anew.content(Customers.TABLE));
    assertThat(replayed.content(Rejects.TABLE)).isEqualTo(anew.content(Rejects.TABLE));
    assertThat(replayed.fates())
        .isEqualTo(anew.fates())
        .containsExactly("customers>customers [5, 2, 1, 1, 1]");
    assertThat(replayed.versions(List.of(Customers.TABLE, Rejects.TABLE)))
        .as("the run after finds nothing to rebuild")
        .isEqualTo(versions);
  }

  @Test
  void aMappingThatReadsAcceptedRowsOtherwiseIsNotReplayed() throws Exception {
    source.file(
        "a_20240101.csv",
        "SH01,C1,A,1,1,,2024-01-01 08:00:00\nSH01,C2,B,2,3,,2024-01-01 08:00:00\n");
    source.lake().run();
    source.mapping("1 = FLEET, 3 = INSURER");
    TestLake lake = source.lake();

    assertThatThrownBy(() -> lake.run(lake.replay()))
        .rootCause()
        .hasMessageContaining("1 rows of source customers that were accepted read otherwise");
    assertThat(lake.run().fates()).containsExactly("customers>customers [2, 2, 0, 0, 0]");
  }

  @Test
  void aFileThatWasGoneWhenItsTurnCameIsReadWhenItIsThereAgain() throws Exception {
    source.file("a_20240101.csv", "SH01,C1,A,1,1,,2024-01-01 08:00:00\n");
    TestLake lake = source.lake();
    List<Mapping> read = source.readMappings();
    SourceFile listed =
        new SourceFiles(source.data.toString(), new Configuration()).list(read).get(0);
    SourceFile planned = FileCheck.of(listed, read.get(0).format()).file();
    var plan = new IngestState.Plan(1, 1, List.of(new IngestState.Planned(planned, 0, "")));
    new IngestState(plan, 0, List.of(), List.of()).write(lake.lake.files());
    Path away = Files.move(source.data.resolve("a_20240101.csv"), temp.resolve("away.csv"));

    lake.run();

    assertThat(lake.rows(Rejects.TABLE, Rejects.REASON))
        .containsExactly("The file is refused: it cannot be opened.");

    // Moved, it keeps its size and time of change: nothing but the refusal tells it was not read.
    Files.move(away, source.data.resolve("a_20240101.csv"));
    lake.run();

    assertThat(lake.fates()).containsExactly("customers>customers [1, 1, 0, 0, 0]");
    assertThat(lake.lake.read(Rejects.TABLE).isEmpty()).isTrue();
  }

  @Test
  void anotherMasterKeyIsRefusedBeforeAnythingIsWritten() throws Exception {
    source.file("a_20240101.csv", "SH01,C1,A,1,1,,2024-01-01 08:00:00\n");
    source.lake().run();
    source.file("b_20240102.csv", "SH01,C2,B,2,1,,2024-01-01 08:00:00\n");
    TestLake lake = source.lake();
    List<Mapping> read = source.readMappings();
    MasterKey other = MasterKey.of("another key for tests, 32 bytes!".getBytes());

    assertThatThrownBy(() -> lake.run(IngestSteps.of(read, source.data.toString(), other)))
        .rootCause()
        .hasMessageContaining("the lake was begun under")
        .hasMessageContaining(TestLake.MASTER.fingerprint());
    assertThat(lake.lake.read(SourceRows.TABLE).count()).isEqualTo(1);
    assertThat(lake.run().fates()).containsExactly("customers>customers [2, 2, 0, 0, 0]");
  }

  @Test
  void theCheckTellsRefusedRowsAndMissingColumnsWithoutWriting() throws Exception {
    source.file("a_20240101.csv", "SH01,C0007,王小伟,13912345678,9,,2024-01-01 08:00:00\n");
    StringWriter out = new StringWriter();

    int status = check(out);

    assertThat(status).isZero();
    assertThat(out.toString())
        .contains("a_20240101.csv line 2: account_class: class is '9', expected one of 1, 2.")
        .contains("Every mapping file can be used.")
        .doesNotContain(PERSONAL);

    Files.writeString(
        source.data.resolve("a_20240101.csv"), "dealer,numbr,name,phone,class,note,changed\n");
    StringWriter faults = new StringWriter();
    assertThat(check(faults)).isEqualTo(2);
    assertThat(faults.toString())
        .contains("a_20240101.csv has no column number. The nearest is numbr");
  }

  private int check(StringWriter out) {
    return new SourcesCheck(SparkSessionForTests.session(), 100)
        .run(List.of(source.mappings), source.data.toString(), new PrintWriter(out));
  }

  private static Row secret(TestLake lake, String kind, String value) throws Exception {
    SubjectCipher cipher = new SubjectCipher(TestLake.MASTER);
    List<String> found = new ArrayList<>();
    for (Row row :
        lake.lake
            .read(Secrets.TABLE)
            .join(lake.lake.read(SubjectKeys.TABLE), SubjectKeys.SUBJECT_ID.name())
            .collectAsList()) {
      String plain =
          cipher.decrypt(
              row.getAs(SubjectKeys.SUBJECT_ID.name()),
              row.getAs(SubjectKeys.WRAPPED_KEY.name()),
              row.getAs(Secrets.KIND.name()),
              row.getAs(Secrets.TOKEN.name()),
              row.getAs(Secrets.CIPHERTEXT.name()));
      found.add(plain);
      if (plain.equals(value) && row.getAs(Secrets.KIND.name()).equals(kind)) {
        return row;
      }
    }
    throw new AssertionError("not in the vault; it holds " + found.size() + " values");
  }

  private static void assertNothingPersonalBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean isParquet = file.toString().endsWith(".parquet");
        String content =
            isParquet
                ? String.join(
                    "\n",
                    SparkSessionForTests.session()
                        .read()
                        .parquet(file.toString())
                        .collectAsList()
                        .stream()
                        .map(Row::toString)
                        .toList())
                : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    + new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        for (String value : PERSONAL) {
          assertThat(content).as(file.toString()).doesNotContain(value);
        }
      }
    }
  }
}
