package io.servicelake.jobs.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.serving.WinbackContacts;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.vault.Secrets;
import io.servicelake.contract.vault.SubjectKeys;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.FreePorts;
import io.servicelake.jobs.ingest.MasterKey;
import io.servicelake.jobs.ingest.SubjectCipher;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import io.servicelake.jobs.winback.ExportLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevealContactsTest {
  private static final MasterKey MASTER = MasterKey.of(new byte[32]);

  @TempDir private Path folder;
  private Lakehouse lake;

  @BeforeEach
  void twoCustomersOfWhomOneWasForgotten() {
    lake =
        new DeltaLakehouse(SparkSessionForTests.session(), folder.resolve("lake").toString(), 1, 0);
    TestRows list = TestRows.of(WinbackList.TABLE);
    TestRows files = TestRows.of(Customers.TABLE);
    TestRows identities = TestRows.of(CustomerIdentities.TABLE);
    for (String id : List.of("known", "forgotten")) {
      list.row(
          WinbackList.CUSTOMER_ID,
          id,
          WinbackList.TASK,
          "MAKE_OFFER",
          WinbackList.STATE,
          "OPEN",
          WinbackList.CALLER_ID,
          id.equals("known") ? "advisor" : null);
      files.row(
          Customers.CUSTOMER_RECORD_ID, id, Customers.NAME_TOKEN, "n", Customers.PHONE_TOKEN, "p");
      identities.row(CustomerIdentities.CUSTOMER_RECORD_ID, id, CustomerIdentities.CUSTOMER_ID, id);
    }
    lake.replace(WinbackList.TABLE, list.build(), new Txn("list", 1));
    lake.replace(Customers.TABLE, files.build(), new Txn("files", 1));
    lake.replace(CustomerIdentities.TABLE, identities.build(), new Txn("identities", 1));
    keep("known", "王小伟", "13912345678", MASTER);
    keep("advisor", "李顾问", "13712345678", MASTER);
  }

  @Test
  void whoseKeyIsThereIsNamedAndWhoWasForgottenIsNot() {
    assertThat(new RevealContacts(lake, MASTER).rows().collectAsList())
        .extracting(
            row -> row.getAs(WinbackContacts.CUSTOMER_ID.name()),
            row -> row.getAs(WinbackContacts.CUSTOMER_NAME.name()),
            row -> row.getAs(WinbackContacts.PHONE.name()),
            row -> row.getAs(WinbackContacts.CALLER_NAME.name()))
        .containsExactlyInAnyOrder(
            tuple("known", "王小伟", "13912345678", "李顾问"), tuple("forgotten", null, null, null));
  }

  @Test
  void callersReadThemInTheDatabase() throws SQLException {
    PostgresDaemon daemon = PostgresForTests.started(folder.resolve("home"), FreePorts.pair());
    try {
      new PostgresServing(daemon.connectionInfo().as(DatabaseRole.OWNER))
          .publish(
              List.of(
                  PublishedTable.of(
                      WinbackContacts.TABLE, new RevealContacts(lake, MASTER).rows(), "1")),
              LocalDate.EPOCH);

      assertThat(
              TestSql.column(
                  daemon.connectionInfo().as(DatabaseRole.CONTACT_READER),
                  "SELECT concat_ws(' ', customer_id, customer_name, phone) FROM serving_contact.winback_contacts ORDER BY 1"))
          .containsExactly("forgotten", "known 王小伟 13912345678");
    } finally {
      daemon.stop();
    }
  }

  @Test
  void nothingIsShuffledOrSortedOnceItIsInClear() {
    RevealContacts contacts = new RevealContacts(lake, MASTER);

    assertThat(plan(contacts.rows())).startsWith("SerializeFromObject").contains("MapPartitions");
    assertThat(plan(contacts.sealed())).contains("Join").doesNotContain("MapPartitions");
    assertThat(contacts.sealed().schema().apply(WinbackContacts.PHONE.name()).dataType())
        .isInstanceOf(StructType.class);
  }

  @Test
  void callListsWithContactsHoldThemInClearAndForTheirOwnerAlone() throws IOException {
    List<Path> files = ExportLists.write(lake, folder.resolve("out"), Optional.of(MASTER));

    assertThat(Files.readString(files.get(1)))
        .contains("王小伟,13912345678", "advisor,李顾问,")
        .doesNotContain("13712345678");
    assertThat(Files.getPosixFilePermissions(files.get(1))).hasSize(2);
  }

  @Test
  void aValueThatDoesNotOpenIsToldAsSuchAndLeavesNoFile() {
    MasterKey other = MasterKey.of("another key for tests, 32 bytes!".getBytes(UTF_8));
    keep("forgotten", "王大伟", "13812345678", other);

    assertThatThrownBy(() -> ExportLists.write(lake, folder.resolve("out"), Optional.of(MASTER)))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot decrypt a value of the vault: ");
    assertThat(folder.resolve("out")).isEmptyDirectory();
  }

  private void keep(String subject, String name, String phone, MasterKey master) {
    SubjectCipher cipher = new SubjectCipher(master);
    String key = cipher.newKey(subject);
    lake.append(
        SubjectKeys.TABLE,
        TestRows.of(SubjectKeys.TABLE)
            .row(SubjectKeys.SUBJECT_ID, subject, SubjectKeys.WRAPPED_KEY, key)
            .build(),
        new Txn("key of " + subject, 1));
    TestRows secrets = TestRows.of(Secrets.TABLE);
    for (List<String> value : List.of(List.of("NAME", "n", name), List.of("PHONE", "p", phone))) {
      secrets.row(
          Secrets.SUBJECT_ID,
          subject,
          Secrets.KIND,
          value.get(0),
          Secrets.TOKEN,
          value.get(1),
          Secrets.CIPHERTEXT,
          cipher.encrypt(subject, key, value.get(0), value.get(1), value.get(2)));
    }
    lake.append(Secrets.TABLE, secrets.build(), new Txn("secrets of " + subject, 1));
  }

  private static String plan(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
        .queryExecution()
        .optimizedPlan()
        .toString();
  }
}
