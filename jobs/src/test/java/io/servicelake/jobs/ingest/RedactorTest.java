package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.jobs.CannotException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactorTest {
  private static final MasterKey MASTER = TestLake.MASTER;
  private final Tokens tokens = new Tokens(MASTER, "86");

  @Test
  void spellingsOfOneValueShareAToken() {
    assertThat(token(PersonalKind.PHONE, "+86 139-1234-5678"))
        .isEqualTo(token(PersonalKind.PHONE, "１３９１２３４５６７８"))
        .hasSize(32);
    assertThat(token(PersonalKind.NAME, "王 伟")).isEqualTo(token(PersonalKind.NAME, "王\u3000伟"));
    assertThat(token(PersonalKind.PLATE, "沪A·12345"))
        .isEqualTo(token(PersonalKind.PLATE, "沪a 12345"));
    assertThat(token(PersonalKind.NAME, "1")).isNotEqualTo(token(PersonalKind.PHONE, "1"));
  }

  @Test
  void aVinHasSeventeenCharactersWithoutIOAndQAndItsCheckDigit() {
    assertThat(Vins.isValid("1M8GDM9AXKP042788", true)).isTrue();
    assertThat(Vins.isValid("1M8GDM9A0KP042788", true)).isFalse();
    assertThat(Vins.isValid("1M8GDM9A0KP042788", false)).isTrue();
    assertThat(Vins.isValid("1M8GDM9AXKP04278O", false)).isFalse();
    assertThat(Vins.isValid("1M8GDM9AXKP04278", false)).isFalse();
  }

  @Test
  void wordsLoseTheirPersonalValuesAndKeepTheirMeaning() {
    assertThat(
            Masking.masked(
                "我是王伟，电话139 1234 5678，车沪A12345，VIN 1M8GDM9AXKP042788，李先生说刹车响，邮箱 a.b@c.cn",
                List.of("王伟")))
        .isEqualTo("我是***，电话***，车***，VIN ***，***先生说刹车响，邮箱 ***");
    assertThat(Masking.masked("My name is John Smith, brakes squeal at 40 km", List.of()))
        .isEqualTo("My name is ***, brakes squeal at 40 km");
    assertThat(Masking.masked("保养后 1000 公里异响", List.of())).isEqualTo("保养后 1000 公里异响");
  }

  @Test
  void aRecordIsSplitIntoTokensAndSealedValues() {
    SourceReading source =
        new SourceReading(
            "s",
            new FileFormat(FileFormat.Kind.CSV, ",", "\"", "UTF-8", List.of(), "", 1),
            ZoneId.of("UTC"),
            List.of("-"),
            List.of("dealer", "number", "name", "born", "vin", "note", "km"),
            List.of(),
            List.of(
                new PersonalRule(
                    "number", PersonalKind.CUSTOMER, List.of("dealer"), List.of(), List.of()),
                new PersonalRule(
                    "name", PersonalKind.NAME, List.of(), List.of("number"), List.of()),
                new PersonalRule(
                    "born",
                    PersonalKind.BIRTHDAY,
                    List.of(),
                    List.of("number"),
                    List.of("yyyy-MM-dd")),
                new PersonalRule("vin", PersonalKind.VIN, List.of(), List.of(), List.of()),
                new PersonalRule(
                    "note", PersonalKind.WORDS, List.of(), List.of("number"), List.of())),
            "86",
            true);
    Redactor redactor =
        new Redactor(
            source,
            List.of("dealer", "number", "name", "born", "vin", "note", "km", "unmapped"),
            MASTER);

    Redactor.Redacted row =
        redactor.redact(
            new String[] {
              "SH01", "C1", "王伟", "1980-02-03", "1M8GDM9AXKP042788", "王伟 says \"hi\"", "-", "secret"
            });

    String customer = tokens.token(PersonalKind.CUSTOMER, "SH01\u001FC1");
    assertThat(row.payload())
        .isEqualTo(
            "{\"dealer\":\"SH01\",\"number\":\"%s\",\"name\":\"%s\",\"born\":\"1980\",\"vin\":\"%s\",\"vin.head\":\"1M8GDM9A\",\"note\":\"*** says \\\"hi\\\"\"}"
                .formatted(
                    customer,
                    token(PersonalKind.NAME, "王伟"),
                    token(PersonalKind.VIN, "1M8GDM9AXKP042788")));
    assertThat(row.secrets())
        .extracting(Redactor.Secret::kind)
        .containsExactly("NAME", "BIRTHDAY", "VIN", "WORDS");
    assertThat(row.secrets().get(0).subjectId()).isEqualTo(customer);
    assertThat(redactor.redact(new String[] {"SH01", "C1", "王伟", "x", "bad", "", "", ""}).payload())
        .contains("\"born.fault\":\"BAD_DATE\"", "\"vin.fault\":\"OUT_OF_RANGE\"")
        .doesNotContain("bad\"");
  }

  @Test
  void aProgramAmongStaffStaysAsItStandsAndWordsOfNobodyAreKeptMaskedOnly() {
    SourceReading source =
        new SourceReading(
            "s",
            new FileFormat(FileFormat.Kind.CSV, ",", "\"", "UTF-8", List.of(), "", 1),
            ZoneId.of("UTC"),
            List.of(),
            List.of("owner", "note"),
            List.of(),
            List.of(
                new PersonalRule(
                    "owner",
                    PersonalKind.STAFF,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of("Siebel")),
                new PersonalRule("note", PersonalKind.WORDS, List.of(), List.of(), List.of())),
            "86",
            true);
    Redactor redactor = new Redactor(source, List.of("owner", "note"), MASTER);

    assertThat(redactor.redact(new String[] {"Siebel", ""}).payload())
        .isEqualTo("{\"owner\":\"Siebel\"}");
    Redactor.Redacted row = redactor.redact(new String[] {"Anna", "call 13912345678"});
    assertThat(row.payload())
        .isEqualTo(
            "{\"owner\":\"%s\",\"note\":\"call ***\"}"
                .formatted(token(PersonalKind.STAFF, "Anna")));
    assertThat(row.secrets()).isEmpty();
  }

  @Test
  void aValueIsReadableOnlyUnderItsOwnKeySubjectKindAndToken() throws GeneralSecurityException {
    SubjectCipher cipher = new SubjectCipher(MASTER);
    String key = cipher.newKey("subject");
    String text = cipher.encrypt("subject", key, "NAME", "token", "王伟");

    assertThat(cipher.decrypt("subject", key, "NAME", "token", text)).isEqualTo("王伟");
    assertThatThrownBy(() -> cipher.decrypt("subject", key, "PHONE", "token", text))
        .isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(
            () ->
                new SubjectCipher(MasterKey.of(new byte[32]))
                    .decrypt("subject", key, "NAME", "token", text))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void theKeyFileIsMadeOnceForItsOwnerAndTheVariableGoesBeforeIt(@TempDir Path home)
      throws Exception {
    Path file = home.resolve("secrets/master.key");
    MasterKey made = MasterKey.load(Optional.empty(), file, Optional.empty());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(new Tokens(made, "86").token(PersonalKind.NAME, "x"))
        .isEqualTo(
            new Tokens(MasterKey.load(Optional.empty(), file, Optional.empty()), "86")
                .token(PersonalKind.NAME, "x"));
    assertThat(made).hasToString("MasterKey(***)");
    assertThatThrownBy(() -> MasterKey.load(Optional.of("short"), file, Optional.empty()))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("SERVICELAKE_MASTER_KEY")
        .hasMessageNotContaining("short");
  }

  private String token(PersonalKind kind, String value) {
    return tokens.token(kind, tokens.normalised(kind, value));
  }
}
