package io.servicelake.jobs.serve;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.serving.BaseHealth;
import io.servicelake.contract.serving.CampaignResults;
import io.servicelake.contract.serving.ComplaintBoard;
import io.servicelake.contract.serving.ComponentWatch;
import io.servicelake.contract.serving.CustomerCards;
import io.servicelake.contract.serving.DataQuality;
import io.servicelake.contract.serving.DealerBenchmarks;
import io.servicelake.contract.serving.DealerDays;
import io.servicelake.contract.serving.DealerMonths;
import io.servicelake.contract.serving.ExpectationResults;
import io.servicelake.contract.serving.FollowUpBoard;
import io.servicelake.contract.serving.Freshness;
import io.servicelake.contract.serving.ModelReport;
import io.servicelake.contract.serving.OfferFairness;
import io.servicelake.contract.serving.SegmentFlows;
import io.servicelake.contract.serving.ServiceDueList;
import io.servicelake.contract.serving.TechnicianCards;
import io.servicelake.contract.serving.WinbackContacts;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.ingest.MasterKey;
import io.servicelake.jobs.io.Lakehouse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Publishes the serving tables of a lake as one release. */
public final class Publisher {
  /** What is published, each with the columns dashboards filter by. */
  private static final List<Offered> OFFERED =
      List.of(
          new Offered(DealerDays.TABLE, DealerDays.DEALER_ID, DealerDays.DAY_ON),
          new Offered(DealerMonths.TABLE, DealerMonths.DEALER_ID, DealerMonths.MONTH_ON),
          new Offered(DealerBenchmarks.TABLE, DealerBenchmarks.DEALER_ID, DealerBenchmarks.KPI),
          new Offered(BaseHealth.TABLE, BaseHealth.DEALER_ID, BaseHealth.MONTH_ON),
          new Offered(CustomerCards.TABLE, CustomerCards.DEALER_ID, CustomerCards.CUSTOMER_ID),
          new Offered(SegmentFlows.TABLE, SegmentFlows.DEALER_ID, SegmentFlows.MONTH_ON),
          new Offered(WinbackList.TABLE, WinbackList.DEALER_ID, WinbackList.RANK_NO),
          new Offered(
              CampaignResults.TABLE, CampaignResults.CAMPAIGN_ID, CampaignResults.OFFER_CODE),
          new Offered(OfferFairness.TABLE, OfferFairness.CAMPAIGN_ID, OfferFairness.ATTRIBUTE),
          new Offered(ServiceDueList.TABLE, ServiceDueList.DEALER_ID, ServiceDueList.DUE_ON),
          new Offered(ComponentWatch.TABLE, ComponentWatch.DEALER_ID, ComponentWatch.MODEL),
          new Offered(TechnicianCards.TABLE, TechnicianCards.DEALER_ID, TechnicianCards.STAFF_ID),
          new Offered(FollowUpBoard.TABLE, FollowUpBoard.DEALER_ID, FollowUpBoard.DUE_ON),
          new Offered(ComplaintBoard.TABLE, ComplaintBoard.DEALER_ID, ComplaintBoard.RECEIVED_ON),
          new Offered(ModelReport.TABLE, ModelReport.MODEL_NAME, ModelReport.METRIC),
          new Offered(DataQuality.TABLE, DataQuality.SOURCE_ID, DataQuality.TARGET_TABLE),
          new Offered(Freshness.TABLE, Freshness.DEALER_ID, Freshness.FACT),
          new Offered(
              ExpectationResults.TABLE, ExpectationResults.TABLE_NAME, ExpectationResults.OUTCOME));

  private record Offered(TableContract table, Field first, Field second) {}

  private Publisher() {}

  /** Tables of the lake that are published; contacts are made from the vault while publishing. */
  public static List<TableContract> tables() {
    return OFFERED.stream().map(Offered::table).toList();
  }

  /**
   * The day the serving tables were computed as of.
   *
   * @throws CannotException if there are none yet
   */
  public static LocalDate asOf(Lakehouse lake) {
    Optional<Row> row =
        lake
            .read(Freshness.TABLE)
            .select(Freshness.AS_OF_ON.col())
            .limit(1)
            .collectAsList()
            .stream()
            .findFirst();
    return row.map(day -> day.getDate(0).toLocalDate())
        .orElseThrow(
            () ->
                new CannotException(
                    "Cannot read the serving tables: the lake has none. They are made by a run. Start with 'servicelake run', or 'servicelake demo' for an example."));
  }

  /** Publishes what changed since the last release of the database. */
  public static Publication publish(Lakehouse lake, ServingDatabase database, MasterKey master) {
    LocalDate asOf = asOf(lake);
    List<PublishedTable> release = new ArrayList<>();
    for (Offered offered : OFFERED) {
      // The version first: rows that a run writes meanwhile are then loaded by the next publish.
      long version = lake.version(offered.table()).orElse(-1);
      release.add(
          PublishedTable.of(
                  offered.table(),
                  lake.readAt(offered.table(), version),
                  lake.contentId(offered.table(), version))
              .indexedBy(offered.first(), offered.second()));
    }
    RevealContacts contacts = new RevealContacts(lake, master);
    String contactsVersion = contacts.contentVersion();
    release.add(
        PublishedTable.of(WinbackContacts.TABLE, contacts.rows(), contactsVersion)
            .indexedBy(WinbackContacts.DEALER_ID, WinbackContacts.RANK_NO));
    return database.publish(release, asOf);
  }
}
