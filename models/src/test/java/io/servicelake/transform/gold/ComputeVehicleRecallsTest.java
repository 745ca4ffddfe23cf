package io.servicelake.transform.gold;

import static io.servicelake.transform.gold.GoldRows.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.gold.VehicleRecalls;
import io.servicelake.contract.silver.RecallModels;
import io.servicelake.contract.silver.Vehicles;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ComputeVehicleRecallsTest {
  private final TestRows recalls = TestRows.of(RecallModels.TABLE);

  @Test
  void aVehicleHasACampaignOnceAndAYearUnknownOnEitherSideIsFlagged() {
    recalled("e1", "20V001", "HONDA", "ODYSSEY", 2019);
    recalled("e2", "20V001", "HONDA", "ODYSSEY", null);
    recalled("e3", "20E002", "HONDA", "ODYSSEY", null);
    recalled("e4", "20V003", "HONDA", "ODYSSEY", 2018);
    recalled("e5", "20V004", "HONDA", "PILOT", 2019);
    Dataset<Row> vehicles =
        TestRows.of(Vehicles.TABLE)
            .row(
                Vehicles.VEHICLE_ID, "known",
                Vehicles.BRAND, "Honda ",
                Vehicles.MODEL, "Odyssey",
                Vehicles.MODEL_YEAR, 2019,
                Versioned.KNOWN_AT, at("2024-05-01"))
            .row(
                Vehicles.VEHICLE_ID, "ageless",
                Vehicles.BRAND, "HONDA",
                Vehicles.MODEL, "PILOT",
                Versioned.KNOWN_AT, at("2020-05-01"))
            .row(Vehicles.VEHICLE_ID, "nameless")
            .build();

    assertThat(
            GoldRows.of(
                ComputeVehicleRecalls.compute(vehicles, recalls.build()),
                VehicleRecalls.VEHICLE_ID,
                VehicleRecalls.CAMPAIGN_ID,
                VehicleRecalls.IS_YEAR_MATCHED,
                VehicleRecalls.KNOWN_AT))
        .containsExactly(
            "ageless|20V004|false|2020-12-31 02:00:00.0",
            "known|20E002|false|2024-05-01 02:00:00.0",
            "known|20V001|true|2024-05-01 02:00:00.0");
  }

  private void recalled(String id, String campaign, String brand, String model, Integer year) {
    recalls.row(
        RecallModels.RECALL_MODEL_ID, id,
        RecallModels.CAMPAIGN_ID, campaign,
        RecallModels.BRAND, brand,
        RecallModels.MODEL, model,
        RecallModels.MODEL_YEAR, year,
        Versioned.KNOWN_AT, at("2020-12-31"));
  }
}
