package io.servicelake.jobs.ingest;

import io.servicelake.contract.TableContract;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Consents;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.CustomerLinks;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.contract.silver.Parts;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.Staff;
import io.servicelake.contract.silver.VehicleOwnerships;
import io.servicelake.contract.silver.VehicleReadings;
import io.servicelake.contract.silver.Vehicles;
import io.servicelake.contract.vault.Secrets;
import io.servicelake.contract.vault.SubjectKeys;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.Step;
import io.servicelake.jobs.config.IdentitySettings;
import io.servicelake.transform.silver.LinkCustomers;
import io.servicelake.transform.silver.ResolveCustomers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The steps from source files to silver, in order. */
public final class IngestSteps {
  /** Silver tables that sources feed. */
  public static final List<TableContract> TABLES =
      List.of(
          RepairOrderLines.TABLE,
          RepairOrders.TABLE,
          Contacts.TABLE,
          Customers.TABLE,
          Vehicles.TABLE,
          VehicleOwnerships.TABLE,
          Complaints.TABLE,
          Consents.TABLE,
          Staff.TABLE,
          Parts.TABLE,
          VehicleReadings.TABLE,
          Dealers.TABLE);

  private IngestSteps() {}

  /**
   * Ingest, a merge per silver table, the counts, and who is who.
   *
   * @param folder where the files of the sources lie: a path or a Hadoop URI
   */
  public static List<Step> of(List<Mapping> mappings, String folder, MasterKey master) {
    List<Step> steps = new ArrayList<>();
    steps.add(
        Step.action("ingest")
            .writes(SourceRows.TABLE, SubjectKeys.TABLE, Secrets.TABLE)
            .always()
            .by(new IngestFiles(mappings, folder, master)));
    if (IngestTables.isNeeded(mappings)) {
      steps.add(IngestTables.step(mappings, master));
    }
    if (TopicStream.isNeeded(mappings)) {
      steps.add(IngestTopics.step(mappings, master));
    }
    TABLES.forEach(table -> steps.add(MergeSilver.step(table, mappings)));
    steps.add(CountRows.step(TABLES));
    steps.add(
        Step.to(CustomerLinks.TABLE)
            .from(Customers.TABLE, VehicleOwnerships.TABLE)
            .dependsOnConfig("identity")
            .by(
                (in, run) ->
                    LinkCustomers.compute(
                        in.get(Customers.TABLE),
                        in.get(VehicleOwnerships.TABLE),
                        rules(run.settings(IdentitySettings.class)))));
    steps.add(
        Step.to(CustomerIdentities.TABLE)
            .from(Customers.TABLE, CustomerLinks.TABLE)
            .by(
                (in, run) ->
                    ResolveCustomers.current(
                        in.get(Customers.TABLE), in.get(CustomerLinks.TABLE))));
    return steps;
  }

  private static LinkCustomers.Rules rules(IdentitySettings settings) {
    List<String> known =
        Arrays.stream(LinkCustomers.Evidence.values())
            .map(evidence -> evidence.name().toLowerCase(Locale.ROOT))
            .toList();
    List<List<LinkCustomers.Evidence>> rules = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (List<String> words : settings.rules()) {
      List<LinkCustomers.Evidence> rule = new ArrayList<>();
      for (String word : words) {
        if (known.contains(word)) {
          rule.add(LinkCustomers.Evidence.valueOf(word.toUpperCase(Locale.ROOT)));
        } else {
          faults.add("'%s'".formatted(word));
        }
      }
      rules.add(rule);
    }
    if (!faults.isEmpty()) {
      throw new CannotException(
          "Cannot link customer files: identity.rules names %s. Evidence is one of %s. Correct the rules."
              .formatted(String.join(", ", faults), String.join(", ", known)));
    }
    return new LinkCustomers.Rules(rules, settings.maxGroup(), settings.maxVehicles());
  }
}
