package io.servicelake.jobs.report;

import io.servicelake.TestRows;
import io.servicelake.contract.TableContract;
import java.time.LocalDate;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Serving tables of a made-up group: twelve dealers of two brands over three years. */
final class SampleTables {
  static final LocalDate AS_OF = LocalDate.of(2025, 12, 17);
  static final String CUSTOMER = "customer-token-";
  static final String VEHICLE = "vehicle-token-";
  static final String STAFF = "staff-token-";

  private SampleTables() {}

  /** A table each: empty ones where nothing is known. */
  static Function<TableContract, Dataset<Row>> empty() {
    return table -> TestRows.of(table).build();
  }

  /** The whole group. */
  static Function<TableContract, Dataset<Row>> full() {
    SampleGroup group = new SampleGroup();
    SampleFigures figures = new SampleFigures(group);
    SampleCustomers customers = new SampleCustomers(group);
    SampleWorkshop workshop = new SampleWorkshop(group);
    SampleCare care = new SampleCare(group);
    SampleTrust trust = new SampleTrust(group);
    for (int dealer = 0; dealer < SampleGroup.DEALERS.size(); dealer++) {
      figures.ofDealer(dealer);
      customers.ofDealer(dealer);
      workshop.ofDealer(dealer);
      care.ofDealer(dealer);
      trust.ofDealer(dealer);
    }
    figures.ofGroup();
    customers.ofGroup();
    trust.ofGroup();
    return group.build();
  }
}
