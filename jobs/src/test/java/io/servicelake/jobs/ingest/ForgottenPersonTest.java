package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.serving.Freshness;
import io.servicelake.contract.serving.WinbackContacts;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.vault.SubjectKeys;
import io.servicelake.jobs.io.Txn;
import io.servicelake.jobs.serve.Publisher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published of a person once the key to its name and phone is gone. */
class ForgottenPersonTest {
  @TempDir Path temp;

  @Test
  void whoseKeyIsDestroyedIsPublishedAnewWithoutNameAndPhone() throws Exception {
    CustomerFiles source = new CustomerFiles(temp);
    source.file("a_20240101.csv", "SH01,C0007,王小伟,13912345678,1,,2024-01-01 08:00:00\n");
    TestLake lake = source.lake().run();
    String person = lake.rows(Customers.TABLE, Customers.CUSTOMER_RECORD_ID).get(0);
    lake.lake.replace(
        CustomerIdentities.TABLE,
        TestRows.of(CustomerIdentities.TABLE)
            .row(
                CustomerIdentities.CUSTOMER_RECORD_ID,
                person,
                CustomerIdentities.CUSTOMER_ID,
                person)
            .build(),
        new Txn("identities", 1));
    lake.lake.replace(
        WinbackList.TABLE,
        TestRows.of(WinbackList.TABLE)
            .row(WinbackList.CUSTOMER_ID, person, WinbackList.TASK, "MAKE_OFFER")
            .build(),
        new Txn("list", 1));
    lake.lake.replace(
        Freshness.TABLE, TestRows.of(Freshness.TABLE).row().build(), new Txn("freshness", 1));
    List<String> before = publishedContacts(lake);

    lake.lake.replace(
        SubjectKeys.TABLE, TestRows.of(SubjectKeys.TABLE).build(), new Txn("forget", 1));
    List<String> after = publishedContacts(lake);

    assertThat(before.get(1)).isEqualTo("[王小伟,13912345678]");
    assertThat(after.get(1)).isEqualTo("[null,null]");
    // Tables of the same version are not written again.
    assertThat(after.get(0)).isNotEqualTo(before.get(0));
  }

  /** Version and rows of the contacts as they would be published. */
  private static List<String> publishedContacts(TestLake lake) {
    List<String> published = new ArrayList<>();
    Publisher.publish(
        lake.lake,
        (tables, asOf) -> {
          tables.stream()
              .filter(table -> table.contract().equals(WinbackContacts.TABLE))
              .forEach(
                  table -> {
                    published.add(table.contentVersion());
                    table
                        .rows()
                        .select(WinbackContacts.CUSTOMER_NAME.col(), WinbackContacts.PHONE.col())
                        .collectAsList()
                        .forEach(row -> published.add(row.toString()));
                  });
          return null;
        },
        TestLake.MASTER);
    return published;
  }
}
