package io.servicelake.jobs.report;

import io.servicelake.TestRows;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.serving.DealerDays;
import io.servicelake.jobs.serve.Publisher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The dealers of a made-up group, and the rows of its serving tables as they come together. */
final class SampleGroup {
  static final List<Dealer> DEALERS =
      List.of(
          new Dealer("SH01", "East", "Aster"),
          new Dealer("SH02", "East", "Aster"),
          new Dealer("HZ01", "East", "Aster"),
          new Dealer("NJ01", "East", "Aster"),
          new Dealer("GZ01", "South", "Aster"),
          new Dealer("SZ01", "South", "Aster"),
          new Dealer("BJ01", "North", "Aster"),
          new Dealer("TJ01", "North", "Aster"),
          new Dealer("SH03", "East", "Borealis"),
          new Dealer("GZ02", "South", "Borealis"),
          new Dealer("BJ02", "North", "Borealis"),
          new Dealer("CD01", "West", "Borealis"));

  private final Random random = new Random(7);
  private final Map<TableContract, TestRows> rows = new HashMap<>();

  SampleGroup() {
    Publisher.tables().forEach(table -> rows.put(table, TestRows.of(table)));
  }

  /** One for all tables: who draws earlier changes what others draw. */
  Random random() {
    return random;
  }

  /** Rows of a table that tell of no single dealer. */
  TestRows rows(TableContract table) {
    return rows.get(table);
  }

  /** Adds a row of a dealer, with its region and brand. */
  void row(TableContract table, int dealer, Object... given) {
    List<Object> all = new ArrayList<>(Arrays.asList(given));
    all.addAll(
        List.of(
            DealerDays.DEALER_ID, DEALERS.get(dealer).id(),
            DealerDays.REGION, DEALERS.get(dealer).region(),
            DealerDays.BRAND, DEALERS.get(dealer).brand()));
    rows.get(table).row(all.toArray());
  }

  Function<TableContract, Dataset<Row>> build() {
    Map<TableContract, Dataset<Row>> built = new HashMap<>();
    rows.forEach((table, made) -> built.put(table, made.build()));
    return built::get;
  }

  /** Dealers of a brand are each other's peers. */
  record Dealer(String id, String region, String brand) {}
}
