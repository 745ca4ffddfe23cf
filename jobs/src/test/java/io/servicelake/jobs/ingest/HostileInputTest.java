package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.Rejects;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, mappings and names made to break things become rejects or told faults. */
class HostileInputTest {
  private static final String HEADER = "编号,姓名,类别,修改时间\n";

  @TempDir Path temp;

  @Test
  void everyHostileRowIsARejectWithAReasonAndTheRunGoesOn() throws IOException {
    Files.createDirectories(temp.resolve("data"));
    write("a.csv", HEADER + "C1,好,1,2024-01-01 00:00:00\n");
    write("b.csv", HEADER + "C2,N\0UL,1,2024-01-01 00:00:00\nC3,好,1,0000-00-00\n");
    write(
        "c.csv",
        HEADER
            + "C4,"
            + "x".repeat(3 << 20)
            + ",1,2024-01-01 00:00:00\nC5,\u202Egnp.好,1,2024-01-01 00:00:00\n");
    write("d.csv", HEADER + "C6,\"no end,1,2024-01-01 00:00:00\n" + "C7,y,1,z\n".repeat(400_000));
    write(
        "e.csv", HEADER + "\"=cmd|' /C calc'!A0\",'; DROP TABLE x; --,1e309,2024-01-01 00:00:00\n");
    Files.write(
        temp.resolve("data/f.csv"), new byte[] {(byte) 0xFF, 0, (byte) 0xC0, '\n', 0, '\n'});
    try (OutputStream zip =
        new GZIPOutputStream(Files.newOutputStream(temp.resolve("data/g.csv.gz")))) {
      for (int i = 0; i < 80; i++) {
        zip.write(new byte[1 << 20]);
      }
    }
    Files.createSymbolicLink(temp.resolve("data/loop"), temp.resolve("data"));
    Files.writeString(temp.resolve("secret.csv"), HEADER + "C8,x,1,2024-01-01 00:00:00\n");
    Files.createSymbolicLink(temp.resolve("data/h.csv"), temp.resolve("secret.csv"));

    TestLake lake = lake("\"**.csv\", \"**.csv.gz\"", "").run();

    assertThat(lake.rows(Customers.TABLE, Customers.ACCOUNT_CLASS))
        .containsOnly("PERSON")
        .hasSize(2);
    assertThat(
            lake.rows(Rejects.TABLE, Rejects.FILE_NAME, Rejects.LINE_NUMBER, Rejects.REASON_CODE))
        .containsExactly(
            "b.csv | 2 | BAD_ROW",
            "b.csv | 3 | BAD_DATE",
            "c.csv | 2 | BAD_ROW",
            "d.csv | 0 | BAD_FILE",
            "e.csv | 2 | UNKNOWN_CODE",
            "f.csv | 0 | BAD_FILE",
            "g.csv.gz | 0 | BAD_FILE");
    assertThat(lake.rows(Rejects.TABLE, Rejects.REASON))
        .contains(
            "The line is longer than 1,048,576 bytes.",
            "The record holds a NUL or half a character.",
            "The file is refused: it unzips to more than 200 times its si");
  }

  @Test
  void workbooksThatBurstTheMemoryAreRefused() throws IOException {
    String cell = "<c r=\"%s\"><v>1</v></c>";
    assertThat(workbook(cell.formatted("A1"))).isEmpty();
    assertThat(workbook(cell.formatted("FXSHRXW1")))
        .isEqualTo("a cell lies beyond the last column or row of a sheet");
    assertThat(workbook("<c r='FXSHRXW1'><v>1</v></c>")).contains("beyond the last column");
    assertThat(
            workbook("<c r=\"A1\" t=\"inlineStr\"><is><t>" + "x".repeat(2 << 20) + "</t></is></c>"))
        .isEqualTo("a cell is longer than 1,048,576 bytes");
    assertThat(workbook("<!DOCTYPE x [<!ENTITY a \"b\">]>")).contains("declarations");
    assertThat(workbook("<c r=\"A1\"/>".repeat(9_000_000))).contains("unzips to too much");
  }

  @Test
  void mappingsThatReachOutAreToldFaults() throws IOException {
    Files.writeString(temp.resolve("other.conf"), "source = stolen");
    assertThat(faults("include \"../other.conf\"")).contains("includes another file");
    assertThat(faults("include file(\"/etc/hostname\")")).contains("includes another file");
    assertThat(faults("source = ${HOME}"))
        .contains("cannot be parsed")
        .doesNotContain(System.getenv("HOME"));
    assertThat(faults("a = " + "{ a = ".repeat(100_000))).contains("cannot be parsed");
    assertThat(faults("files = [\"../../etc/*\", \"/etc/*\", \"[a\"]"))
        .contains("leaves the data folder", "is no pattern");
    assertThat(faults("\0\0\0")).isNotEmpty();
    assertThat(faults("x = \"" + "a".repeat(2 << 20) + "\""))
        .contains("larger than 1,048,576 bytes");
    assertThat(faults("format.header_row = -1")).contains("from 1");
    assertThat(faults("targets.customers.columns.distance_km { column = a, max = \"1e309\" }"))
        .contains("more than 38 digits");
  }

  @Test
  void columnsNamedLikeSqlAreOnlyNames() throws IOException {
    String column = "a`; DROP TABLE customers; --";
    Files.createDirectories(temp.resolve("data"));
    write("a.csv", "编号,姓名," + column + ",修改时间\nC1,好,1,2024-01-01 00:00:00\n");

    TestLake lake = lake("\"a.csv\"", "").run();

    assertThat(lake.rows(Rejects.TABLE, Rejects.REASON))
        .containsExactly("The file is refused: its header lacks 类别.");

    TestLake named =
        new TestLake(temp.resolve("other"), mapping("\"a.csv\"", "", column), temp.resolve("data"));
    assertThat(named.run().rows(Customers.TABLE, Customers.ACCOUNT_CLASS))
        .containsExactly("PERSON");
  }

  @Property(tries = 150)
  void anyBytesEndInRecordsOrAToldFault(@ForAll("bytes") byte[] bytes) throws IOException {
    Path folder = Files.createTempDirectory("hostile");
    try {
      for (FileFormat.Kind kind : FileFormat.Kind.values()) {
        Path file = Files.write(folder.resolve("a.bin"), bytes);
        FileFormat format = new FileFormat(kind, "", "\"", FileFormat.AUTO, List.of(), "", 1);
        SourceFile source =
            new SourceFile("s", file.toUri().toString(), "a.bin", bytes.length, 0, "");
        if (FileCheck.of(source, format).fault().isEmpty()) {
          readAll(source, format);
        }
      }
    } finally {
      Files.deleteIfExists(folder.resolve("a.bin"));
      Files.delete(folder);
    }
  }

  @Property(tries = 200)
  void anyTextAsAMappingIsReadOrToldAsFaults(@ForAll("hocon") String text) throws IOException {
    Path file = Files.createTempFile("hostile", ".conf");
    try {
      Files.writeString(file, text);
      MappingReader.Result result = new MappingReader(IngestSteps.TABLES).read(file);
      assertThat(result.mappings().isEmpty()).isEqualTo(!result.faults().isEmpty());
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(400);
    Arbitrary<byte[]> text =
        Arbitraries.of("\"", ",", "\n", "\r", "{", "}", "[", "a", ":", "刹", "\0", "1e309", "\\u")
            .list()
            .ofMaxSize(60)
            .map(parts -> String.join("", parts).getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> zip = any.map(bytes -> join(new byte[] {'P', 'K', 3, 4}, bytes));
    Arbitrary<byte[]> parquet =
        any.map(bytes -> join(join("PAR1".getBytes(), bytes), "\1\0\0\0PAR1".getBytes()));
    return Arbitraries.oneOf(any, text, zip, parquet);
  }

  @Provide
  Arbitrary<String> hocon() {
    return Arbitraries.of(
            "source",
            "files",
            "format",
            "jdbc",
            "kafka",
            "personal",
            "targets",
            "customers",
            "columns",
            "zone",
            "dates",
            "=",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\n",
            ".",
            ",",
            "${x}",
            "include",
            "1e309",
            "null",
            "kind",
            "vin",
            "expression",
            "a`b",
            "\u202E",
            "numbers",
            "source_stamp",
            "name",
            "(")
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join(" ", parts));
  }

  private static void readAll(SourceFile source, FileFormat format) {
    try (Records records = Records.open(source, format, List.of("a"))) {
      for (RawRecord one = records.next(); one != null; one = records.next()) {
        assertThat(one.cells()).isNotNull();
      }
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private String workbook(String cells) throws IOException {
    Path file = temp.resolve("a.xlsx");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      part(
          zip,
          "[Content_Types].xml",
          "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override"
              + " PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>");
      part(
          zip,
          "xl/workbook.xml",
          "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet"
              + " name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
      part(
          zip,
          "xl/_rels/workbook.xml.rels",
          "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
      part(
          zip,
          "xl/worksheets/sheet1.xml",
          "<worksheet><sheetData><row r=\"1\">" + cells + "</row></sheetData></worksheet>");
    }
    SourceFile source =
        new SourceFile("s", file.toUri().toString(), "a.xlsx", Files.size(file), 0, "");
    try {
      WorkbookCheck.check(source);
      return "";
    } catch (FileFault e) {
      return e.getMessage();
    }
  }

  private static void part(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private String faults(String text) throws IOException {
    Path file = Files.writeString(temp.resolve("m.conf"), text);
    return new MappingReader(IngestSteps.TABLES).read(file).faults().toString();
  }

  private TestLake lake(String files, String more) throws IOException {
    return new TestLake(temp.resolve("lake"), mapping(files, more, "类别"), temp.resolve("data"));
  }

  private List<Mapping> mapping(String files, String more, String kind) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("mappings"));
    Files.writeString(
        folder.resolve("customers.conf"),
        """
        source = customers
        files = [%s]
        format { encoding = auto, delimiter = "," }
        zone = Asia/Shanghai
        personal {
          编号 { kind = customer }
          姓名 { kind = name, subject = 编号 }
        }
        %s
        targets.customers.columns {
          customer_record_id = 编号
          dealer_id { constant = D1 }
          account_class { column = "%s", codes { 1 = PERSON } }
          name_token = 姓名
          occurred_at = 修改时间
          known_at = 修改时间
        }
        """
            .formatted(files, more, kind));
    return new MappingReader(IngestSteps.TABLES).readFolder(folder).orThrow();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(temp.resolve("data").resolve(name), text);
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] both = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
