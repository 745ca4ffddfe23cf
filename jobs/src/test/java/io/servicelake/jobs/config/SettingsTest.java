package io.servicelake.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.servicelake.campaign.WinbackRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final Path SHIPPED = Path.of("..", "conf", "servicelake.conf");

  @TempDir Path folder;

  @Test
  void shippedFileHoldsEveryKeyWithMeaningUnitAndDefault() throws IOException {
    if (Boolean.getBoolean("servicelake.regenerate")) {
      Files.createDirectories(SHIPPED.getParent());
      Files.writeString(SHIPPED, Settings.template());
    }
    assertThat(SHIPPED)
        .as("conf/servicelake.conf is generated: run this test with -Dservicelake.regenerate=true")
        .hasContent(Settings.template());
    assertThat(Settings.load(folder, SHIPPED, List.of(), Map.of()).hash())
        .isEqualTo(Settings.of().hash());
  }

  @Test
  void allFaultsAreToldAtOnceWithPlaceAndNearestName() throws IOException {
    Path file = folder.resolve("lake.conf");
    Files.writeString(
        file,
        """
        churn {
          horizn_days = 100
          active_months = many
        }
        ingest.max_reject_share = 1.5
        spark.profile = tiny
        servin.port = 1
        """);

    SettingsException thrown =
        catchThrowableOfType(
            SettingsException.class,
            () ->
                Settings.load(
                    folder, file, List.of("run.parallel_step=3", "bi.port=high"), Map.of()));

    assertThat(thrown.faults())
        .containsExactlyInAnyOrder(
            file + ":2: churn.horizn_days is not known; did you mean churn.horizon_days?",
            file + ":3: churn.active_months is \"many\", expected a whole number",
            file + ":5: ingest.max_reject_share is 1.5, expected 0 to 1 share",
            file + ":6: spark.profile is \"tiny\", expected one of small, large",
            file + ":7: servin is not known; did you mean serving?",
            "--set: run.parallel_step is not known; did you mean run.parallel_steps?",
            "--set: bi.port is \"high\", expected a whole number");
    assertThat(thrown).hasMessageStartingWith("Cannot use the configuration: 7 faults.");
  }

  @Test
  void dealersHaveBoundsOfTheirOwn() throws IOException {
    Path file = folder.resolve("lake.conf");
    Files.writeString(file, "winback { calls = 50, dealers { D1 { calls = 7 } } }");

    WinbackRules rules =
        Settings.load(folder, file, List.of(), Map.of())
            .get(WinbackSettings.class)
            .rules(List.of(), new ValueSettings(0.4, 0.1));

    assertThat(rules.bounds()).isEqualTo(new WinbackRules.Bounds(50, 2_000_000));
    assertThat(rules.dealers())
        .containsOnly(Map.entry("D1", new WinbackRules.Bounds(7, 2_000_000)));
  }

  @Test
  void faultsOfDealersBoundsAreToldAtOnce() throws IOException {
    Path file = folder.resolve("lake.conf");
    Files.writeString(
        file,
        "winback.dealers { D1 { calls = many }, D2 { cals = 7 }, D3 { budget_amount_minor = -1 } }");

    SettingsException thrown =
        catchThrowableOfType(
            SettingsException.class, () -> Settings.load(folder, file, List.of(), Map.of()));

    assertThat(thrown.faults())
        .containsExactlyInAnyOrder(
            file + ":1: winback.dealers.D1.calls is \"many\", expected a whole number",
            file
                + ":1: winback.dealers.D2.cals is not known; did you mean winback.dealers.D2.calls?",
            file + ":1: winback.dealers.D2: neither calls nor budget_amount_minor is given",
            file
                + ":1: winback.dealers.D3.budget_amount_minor is -1, expected 0 or more hundredths of the currency");
  }

  @Test
  void commandLineWinsOverEnvironmentAndEnvironmentOverFile() throws IOException {
    Path file = folder.resolve("lake.conf");
    Files.writeString(
        file,
        "run.parallel_steps = 3\nlake.path = /in/file\nservice_interval.defaults.BEV.km = 30000");
    Settings settings =
        Settings.load(
            folder,
            file,
            List.of("run.parallel_steps=5", "identity.rules=[[phone]]"),
            Map.of("SERVICELAKE_RUN_PARALLEL_STEPS", "4", "SERVICELAKE_LAKE_PATH", "s3a://b/lake"));

    assertThat(settings.get(RunSettings.class).parallelSteps()).isEqualTo(5);
    assertThat(settings.get(LakeSettings.class).path()).isEqualTo("s3a://b/lake");
    assertThat(settings.get(IdentitySettings.class).rules()).containsExactly(List.of("phone"));
    assertThat(settings.get(ServiceIntervalSettings.class).defaults())
        .containsEntry("BEV", new ServiceIntervalSettings.Interval(12, 30000))
        .containsKey("ICE");
  }

  @Test
  void onlyTheSectionThatChangesGetsAnotherHash() {
    Settings one = Settings.of();
    Settings other = Settings.of("churn.horizon_days=120");

    assertThat(other.hash("churn")).isNotEqualTo(one.hash("churn"));
    assertThat(other.hash("segments")).isEqualTo(one.hash("segments"));
  }

  @Test
  void missingFileIsSaid() {
    assertThatThrownBy(
            () -> Settings.load(folder, folder.resolve("none.conf"), List.of(), Map.of()))
        .hasMessageStartingWith("Cannot read the configuration: there is no file");
  }
}
