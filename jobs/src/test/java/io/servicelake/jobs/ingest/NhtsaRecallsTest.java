package io.servicelake.jobs.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.upper;
import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.CompiledPlans;
import io.servicelake.TestRows;
import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.gold.VehicleRecalls;
import io.servicelake.contract.silver.RecallModels;
import io.servicelake.contract.silver.Vehicles;
import io.servicelake.transform.gold.ComputeVehicleRecalls;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The list of recall documents of the NHTSA, joined to vehicles. */
@ExtendWith(CompiledPlans.class)
class NhtsaRecallsTest {
  @TempDir static Path temp;
  private static TestLake lake;
  private static Dataset<Row> entries;

  @BeforeAll
  static void ingest() {
    lake = RealInput.lake(temp.resolve("lake"), "nhtsa-recalls", "nhtsa-recall-docs");
    entries = lake.lake.read(RecallModels.TABLE);
  }

  @Test
  void documentsOfOneCampaignAndModelAreOneEntryAndYear9999IsUnknown() {
    assertThat(lake.fates())
        .containsExactly("nhtsa_recalls>recall_models [220999, 23319, 0, 0, 197680]");
    assertThat(entries.where(RecallModels.MODEL_YEAR.col().isNull()).count()).isEqualTo(550);
    assertThat(entries.select(RecallModels.CAMPAIGN_ID.col()).distinct().count()).isEqualTo(3814);
    assertThat(entries.where(RecallModels.ITEM_KIND.col().equalTo("VEHICLE")).count())
        .isEqualTo(22_539);
  }

  @Test
  void aVehicleMeetsACampaignOnceWhereTheNaiveJoinFansOut() {
    Dataset<Row> fleet = fleet();
    assertThat(fleet.count()).isEqualTo(11_668);

    Dataset<Row> recalls = ComputeVehicleRecalls.compute(fleet, entries).cache();
    assertThat(naive(fleet).count()).isEqualTo(217_549);
    assertThat(recalls.count()).isEqualTo(22_769);
    assertThat(
            recalls
                .select(VehicleRecalls.VEHICLE_ID.col(), VehicleRecalls.CAMPAIGN_ID.col())
                .distinct()
                .count())
        .isEqualTo(22_769);
    Column odyssey = Vehicles.VEHICLE_ID.col().equalTo("HONDA|ODYSSEY|2019");
    assertThat(naive(fleet).where(odyssey).count()).isEqualTo(399);
    assertThat(recalls.where(odyssey).count()).isEqualTo(11);
    recalls.unpersist();
  }

  @Test
  void aCampaignWithoutAModelYearReachesEveryYearAndIsFlagged() {
    Dataset<Row> vehicles =
        TestRows.of(Vehicles.TABLE)
            .row(
                Vehicles.VEHICLE_ID, "truck",
                Vehicles.BRAND, "Cummins",
                Vehicles.MODEL, "PowerDrive EV",
                Vehicles.MODEL_YEAR, 2018)
            .build();

    assertThat(naive(vehicles).count()).isZero();
    assertThat(
            TestLake.texts(
                ComputeVehicleRecalls.compute(vehicles, entries),
                VehicleRecalls.VEHICLE_ID,
                VehicleRecalls.CAMPAIGN_ID,
                VehicleRecalls.ITEM_KIND,
                VehicleRecalls.IS_YEAR_MATCHED))
        .containsExactly(
            "truck | 20E003 | EQUIPMENT | false", "truck | 21E033 | EQUIPMENT | false");
  }

  /** One vehicle of every make, model and model year that the list names. */
  private static Dataset<Row> fleet() {
    Map<Field, Column> named =
        Map.of(
            Vehicles.VEHICLE_ID,
            concat_ws(
                "|",
                RecallModels.BRAND.col(),
                RecallModels.MODEL.col(),
                RecallModels.MODEL_YEAR.col()),
            Vehicles.BRAND,
            RecallModels.BRAND.col(),
            Vehicles.MODEL,
            RecallModels.MODEL.col(),
            Vehicles.MODEL_YEAR,
            RecallModels.MODEL_YEAR.col(),
            Versioned.KNOWN_AT,
            lit("2020-01-01"));
    return entries
        .where(RecallModels.MODEL_YEAR.col().isNotNull())
        .select(
            Vehicles.TABLE.fields().stream()
                .map(
                    field ->
                        named.getOrDefault(field, lit(null)).cast(field.type()).as(field.name()))
                .toArray(Column[]::new))
        .distinct();
  }

  /** Every row of the files that names the vehicle's make, model and year. */
  private static Dataset<Row> naive(Dataset<Row> vehicles) {
    Dataset<Row> list =
        lake.lake
            .read(SourceRows.TABLE)
            .select(
                from_json(
                        SourceRows.PAYLOAD.col(),
                        "MAKE string, MODEL string, `MODEL YEAR` string",
                        Map.of())
                    .as("row"))
            .select("row.*");
    return vehicles.join(
        list,
        upper(Vehicles.BRAND.col())
            .equalTo(upper(col("MAKE")))
            .and(upper(vehicles.col(Vehicles.MODEL.name())).equalTo(upper(list.col("MODEL"))))
            .and(Vehicles.MODEL_YEAR.col().cast(Columns.STRING).equalTo(col("`MODEL YEAR`"))));
  }
}
