package io.servicelake.transform.serving;

import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.gold.VisitJobs;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.contract.score.ComponentRisks;
import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.contract.score.ServiceDues;
import io.servicelake.contract.score.TechnicianClusters;
import io.servicelake.contract.serving.ComponentWatch;
import io.servicelake.contract.serving.ServiceDueList;
import io.servicelake.contract.serving.TechnicianCards;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.contract.silver.Staff;
import io.servicelake.transform.SqlTransform;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the workshop reads: vehicles due, components to watch, technicians. */
public final class ServeWorkshop {
  private ServeWorkshop() {}

  /**
   * serving.service_due_list: vehicles due from 90 days before to 60 days after the as-of day.
   *
   * @param latest latest row per vehicle of feature.vehicle_snapshots
   */
  public static Dataset<Row> serviceDueList(
      Dataset<Row> serviceDues,
      Dataset<Row> latest,
      Dataset<Row> segments,
      Dataset<Row> churnScores,
      Dataset<Row> dealers,
      LocalDate asOf) {
    return SqlTransform.of("serving/service_due_list.sql")
        .reading(ServiceDues.TABLE, serviceDues)
        .reading(VehicleSnapshots.TABLE, latest)
        .reading(CustomerSegments.TABLE, segments)
        .reading(ChurnScores.TABLE, churnScores)
        .reading(Dealers.TABLE, dealers)
        .with("as_of", asOf)
        .to(ServiceDueList.TABLE);
  }

  /** serving.component_watch: expected repairs of 90 days per dealer, model and component. */
  public static Dataset<Row> componentWatch(
      Dataset<Row> risks, Dataset<Row> jobs, Dataset<Row> dealers, LocalDate asOf) {
    return SqlTransform.of("serving/component_watch.sql")
        .reading(ComponentRisks.TABLE, risks)
        .reading(VisitJobs.TABLE, jobs)
        .reading(Dealers.TABLE, dealers)
        .with("as_of", asOf)
        .to(ComponentWatch.TABLE);
  }

  /**
   * serving.technician_cards: the scores of the as-of day beside the staff's certificates and
   * training.
   */
  public static Dataset<Row> technicianCards(
      Dataset<Row> clusters, Dataset<Row> staff, Dataset<Row> dealers, LocalDate asOf) {
    return SqlTransform.of("serving/technician_cards.sql")
        .reading(TechnicianClusters.TABLE, clusters)
        .reading(Staff.TABLE, staff)
        .reading(Dealers.TABLE, dealers)
        .with("as_of", asOf)
        .to(TechnicianCards.TABLE);
  }
}
