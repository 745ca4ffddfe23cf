package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
  private static final List<String> COLUMNS = List.of("id", "vehicle.vin", "tags", "note");

  @Test
  void textsStayAsTheyStandAndInnerFieldsGetTheirPath() {
    assertThat(
            read("""
                    {"schema_version": 1, "id": 1e309, "vehicle": {"vin": "V1", "more": {}},
                     "tags": ["a", {"b": 1.50}], "note": null}""")
                .cells())
        .containsExactly("1e309", "V1", "[\"a\", {\"b\": 1.50}]", null);
  }

  @Test
  void whatIsWrongIsToldWithoutQuotingIt() {
    String good = "\"id\":\"王小伟\",\"vehicle\":{\"vin\":\"V\"},\"tags\":[]";
    assertThat(faultOf("{\"schema_version\":3," + good + "}"))
        .isEqualTo("UNKNOWN_VERSION schema_version is 3, understood are [1, 2].");
    assertThat(faultOf("{" + good + "}"))
        .isEqualTo("UNKNOWN_VERSION The message names no schema_version.");
    assertThat(faultOf("{\"schema_version\":\"王小伟\"}"))
        .isEqualTo("UNKNOWN_VERSION The message's schema_version is no whole number.");
    assertThat(faultOf("{\"schema_version\":1,\"id\":\"x\"}"))
        .isEqualTo("BAD_ROW The message of version 1 lacks vehicle.vin, tags.");
    assertThat(faultOf("{\"schema_version\":2," + good + "}"))
        .isEqualTo("BAD_ROW The message of version 2 lacks note.");
    for (String text :
        List.of("", "null", "[1]", "{\"a\":1} x", "{\"id\":", "{\"id\":1,\"id\":2}", "{'a':1}")) {
      assertThat(faultOf(text)).as(text).startsWith("BAD_ROW ").doesNotContain("王小伟");
    }
    assertThat(faultOf("{\"a\":".repeat(30) + "1" + "}".repeat(30))).startsWith("BAD_ROW ");
    assertThat(reader(false).read(null).fault()).isEqualTo("The message has no content.");
    assertThat(reader(false).read(new byte[] {(byte) 0xC4, (byte) 0xE3}).fault())
        .isEqualTo("The message is not UTF-8.");
  }

  @Test
  void fieldsTheMappingDoesNotNameArePassedOverUnlessTheyAreRefused() {
    String text =
        "{\"schema_version\":1,\"id\":\"a\",\"vehicle\":{\"vin\":\"V\"},\"tags\":[],\"x\":1}";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    assertThat(reader(false).read(bytes).cells()).containsExactly("a", "V", "[]", null);
    assertThat(reader(true).read(bytes).fault())
        .isEqualTo("The message has 1 field that the mapping does not name.");
  }

  private static MessageReader.Message read(String text) {
    return reader(false).read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String faultOf(String text) {
    MessageReader.Message message = read(text);
    assertThat(message.cells()).as(text).isNull();
    return message.code() + " " + message.fault();
  }

  private static MessageReader reader(boolean isStrict) {
    return new MessageReader(
        new KafkaTopic("t", new java.util.TreeSet<>(Set.of(1, 2)), Map.of("note", 2), isStrict),
        new SourceReading(
            "s", null, ZoneId.of("UTC"), List.of(), COLUMNS, List.of(), List.of(), "86", false));
  }
}
