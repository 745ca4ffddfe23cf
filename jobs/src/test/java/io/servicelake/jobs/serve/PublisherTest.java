package io.servicelake.jobs.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.serving.CampaignResults;
import io.servicelake.contract.serving.Freshness;
import io.servicelake.contract.serving.WinbackContacts;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.ingest.MasterKey;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tells a database that it holds a table already. */
class PublisherTest {
  private static final MasterKey MASTER = MasterKey.of(new byte[32]);

  @TempDir private Path folder;

  @Test
  void anotherLakesTablesAreOtherContentWhateverTheirVersions() {
    Lakehouse first = lake("first");
    Lakehouse second = lake("second");

    Map<String, String> before = contentVersions(first);
    Map<String, String> after = contentVersions(second);

    assertThat(second.version(WinbackList.TABLE)).isEqualTo(first.version(WinbackList.TABLE));
    for (TableContract table : List.of(WinbackList.TABLE, Freshness.TABLE, WinbackContacts.TABLE)) {
      assertThat(after.get(table.id())).isNotEqualTo(before.get(table.id()));
    }
    assertThat(after.get(CampaignResults.TABLE.id()))
        .as("no rows, in either lake")
        .isEqualTo(before.get(CampaignResults.TABLE.id()));
    assertThat(contentVersions(first)).as("nothing was written").isEqualTo(before);
  }

  @Test
  void rowsAreNeverToldToBeOfACommitThatCameAfterThem() {
    Lakehouse lake = lake("lake");

    String told = contentVersions(writingWheneverTheListIsRead(lake)).get(WinbackList.TABLE.id());

    long newest = lake.version(WinbackList.TABLE).orElseThrow();
    assertThat(newest).isPositive();
    assertThat(told).isNotEqualTo(lake.contentId(WinbackList.TABLE, newest));
  }

  @Test
  void underAnotherMasterKeyNothingIsPublishedAndTheUserIsTold() {
    Lakehouse lake = lake("lake");
    lake.files().write("_progress/ingest/key-fingerprint", "0123456789abcdef\n");

    assertThatThrownBy(() -> contentVersions(lake))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot read names and phones: the master key given has the")
        .hasMessageContaining("0123456789abcdef");
  }

  private Lakehouse lake(String name) {
    Lakehouse lake =
        new DeltaLakehouse(SparkSessionForTests.session(), folder.resolve(name).toString(), 1, 0);
    write(lake, name, 1);
    lake.replace(
        Freshness.TABLE, TestRows.of(Freshness.TABLE).row().build(), new Txn("freshness", 1));
    return lake;
  }

  private static void write(Lakehouse lake, String customer, long version) {
    lake.replace(
        WinbackList.TABLE,
        TestRows.of(WinbackList.TABLE).row(WinbackList.CUSTOMER_ID, customer).build(),
        new Txn("list", version));
  }

  private static Lakehouse writingWheneverTheListIsRead(Lakehouse lake) {
    return (Lakehouse)
        Proxy.newProxyInstance(
            PublisherTest.class.getClassLoader(),
            new Class<?>[] {Lakehouse.class},
            (proxy, method, arguments) -> {
              Object result = method.invoke(lake, arguments);
              if (method.getName().startsWith("read") && arguments[0] == WinbackList.TABLE) {
                write(lake, "written meanwhile", lake.version(WinbackList.TABLE).orElse(0) + 2);
              }
              return result;
            });
  }

  private static Map<String, String> contentVersions(Lakehouse lake) {
    Map<String, String> versions = new HashMap<>();
    Publisher.publish(
        lake,
        (tables, asOf) -> {
          tables.forEach(table -> versions.put(table.contract().id(), table.contentVersion()));
          return new Publication(1, true, Map.of(), List.of(), List.of());
        },
        MASTER);
    return versions;
  }
}
