package io.servicelake.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.CampaignAssignments;
import io.servicelake.contract.decision.Campaigns;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.contract.score.CustomerStates;
import io.servicelake.contract.serving.WinbackContacts;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.contract.silver.Consents;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.ingest.MasterKey;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import io.servicelake.jobs.serve.RevealContacts;
import io.servicelake.jobs.winback.ExportedLists;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of a campaign, from scores to the list, on a lake of a few persons. */
class WinbackStepsTest {
  private static final LocalDate DAY = LocalDate.parse("2025-06-30");
  private static final List<Step> ALL =
      List.of(
          DecisionSteps.winbackCandidates(),
          DecisionSteps.campaignAssignments(),
          DecisionSteps.campaigns(),
          ServingSteps.winbackList());

  @TempDir private Path folder;
  private Lakehouse lake;

  @BeforeEach
  void personsAtRisk() {
    lake =
        new DeltaLakehouse(SparkSessionForTests.session(), folder.resolve("lake").toString(), 1, 0);
    TestRows scores = TestRows.of(ChurnScores.TABLE);
    TestRows snapshots = TestRows.of(CustomerSnapshots.TABLE);
    TestRows states = TestRows.of(CustomerStates.TABLE);
    TestRows consents = TestRows.of(Consents.TABLE);
    TestRows customers = TestRows.of(Customers.TABLE);
    TestRows identities = TestRows.of(CustomerIdentities.TABLE);
    for (String id : List.of("granted 1", "granted 2", "silent", "sold")) {
      scores.row(
          ChurnScores.CUSTOMER_ID,
          id,
          ChurnScores.SCORED_ON,
          DAY,
          ChurnScores.DEALER_ID,
          "D1",
          ChurnScores.CHURN_180D_PROBABILITY,
          0.8,
          ChurnScores.REASON_CODE_1,
          "PRICE");
      snapshots.row(
          CustomerSnapshots.CUSTOMER_ID,
          id,
          CustomerSnapshots.SNAPSHOT_ON,
          DAY,
          CustomerSnapshots.HOME_DEALER_ID,
          "D1",
          CustomerSnapshots.LAST_VISIT_ON,
          DAY.minusDays(300),
          CustomerSnapshots.CUSTOMER_PAY_24M_AMOUNT_MINOR,
          2_000_000L);
      states.row(
          CustomerStates.CUSTOMER_ID,
          id,
          CustomerStates.SCORED_ON,
          DAY,
          CustomerStates.IS_HOME,
          true,
          CustomerStates.STATE,
          id.equals("sold") ? "EXITED" : "OVERDUE");
      customers.row(Customers.CUSTOMER_RECORD_ID, id, Customers.PHONE_TOKEN, "phone of " + id);
      identities.row(CustomerIdentities.CUSTOMER_RECORD_ID, id, CustomerIdentities.CUSTOMER_ID, id);
      if (!id.equals("silent")) {
        consents.row(
            Consents.CUSTOMER_RECORD_ID,
            id,
            Consents.CHANNEL,
            "PHONE",
            Consents.IS_GRANTED,
            true,
            Versioned.KNOWN_AT,
            Instant.parse("2024-01-01T00:00:00Z"));
      }
    }
    put(ChurnScores.TABLE, scores.build());
    put(CustomerSnapshots.TABLE, snapshots.build());
    put(CustomerStates.TABLE, states.build());
    put(Consents.TABLE, consents.build());
    put(Customers.TABLE, customers.build());
    put(CustomerIdentities.TABLE, identities.build());
    put(Dealers.TABLE, TestRows.of(Dealers.TABLE).row(Dealers.DEALER_ID, "D1").build());
  }

  @Test
  void consentIsRequiredUnlessSetOtherwiseAndDealersHaveTheirOwnCalls() {
    assertThat(run("winback.dealers.D1.calls=1").failure()).isEmpty();

    assertThat(candidates(WinbackCandidates.HOLD_REASON.name()))
        .containsEntry("silent", "NO_CONSENT")
        .containsEntry("sold", "EXITED")
        .containsEntry("granted 1", "null")
        .containsEntry("granted 2", "CAPACITY");
    assertThat(candidates(WinbackCandidates.OFFER_VERSION.name()).get("granted 1"))
        .matches("2026-01-[0-9a-f]{8}");
    assertThat(
            lake.read(WinbackList.TABLE).where(WinbackList.HOLD_REASON.col().isNotNull()).count())
        .isEqualTo(3);
  }

  @Test
  void whoSaidNothingIsOfferedSomethingWhereOnlyRefusalsCount() {
    assertThat(run("winback.consent=NOT_REFUSED").failure()).isEmpty();

    assertThat(candidates(WinbackCandidates.HOLD_REASON.name())).containsEntry("silent", "null");
  }

  @Test
  void whatCallersHeardTheDayAfterIsOnTheListAtOnceAndInNoDecisionOfTheDay() {
    assertThat(run("winback.hold_out_share=0.01").failure()).isEmpty();
    put(
        CallOutcomes.TABLE,
        TestRows.of(CallOutcomes.TABLE)
            .row(
                CallOutcomes.CAMPAIGN_ID,
                "winback-2025-06",
                CallOutcomes.CUSTOMER_ID,
                "granted 1",
                CallOutcomes.CALLED_ON,
                DAY.plusDays(1),
                CallOutcomes.IS_REACHED,
                true,
                CallOutcomes.OUTCOME_CODE,
                "DO_NOT_CALL")
            .build());

    assertThat(run("winback.hold_out_share=0.01").failure()).isEmpty();

    assertThat(candidates(WinbackCandidates.HOLD_REASON.name())).containsEntry("granted 1", "null");
    assertThat(lake.read(WinbackList.TABLE).where(WinbackList.isToCall()).collectAsList())
        .extracting(row -> row.getAs(WinbackList.CUSTOMER_ID.name()))
        .containsExactly("granted 2");
  }

  @Test
  void boundsOfADealerThatThereIsNotAreRefused() {
    RunResult result = run("winback.dealers.D9.calls=1");

    assertThat(result.failure())
        .hasValueSatisfying(
            step ->
                assertThat(step.fault())
                    .hasMessageStartingWith(
                        "Cannot decide the campaign: winback.dealers names D9, of which"));
  }

  @Test
  void aCampaignWhoseRunBrokeOffIsStatedOnTheNextDayAndThenStands() {
    String set = "winback.hold_out_share=0.5";
    assertThat(run(AsOf.on(DAY), set, List.of(DecisionSteps.winbackCandidates())).failure())
        .isEmpty();
    scored(DAY.plusDays(1));

    assertThat(run(AsOf.on(DAY.plusDays(1)), set, ALL).failure()).isEmpty();

    assertThat(people(CampaignAssignments.TABLE)).containsExactly("granted 1", "granted 2");
    assertThat(plans()).containsExactly(tuple("winback-2025-06", DAY, 0.5));

    scored(DAY.plusDays(2));
    assertThat(run(AsOf.on(DAY.plusDays(2)), "winback.hold_out_share=0.9", ALL).failure())
        .isEmpty();
    assertThat(plans()).containsExactly(tuple("winback-2025-06", DAY, 0.5));
  }

  @Test
  void aPlanIsStatedAnewWithTheDrawingWhileTheDayIsOpen() {
    assertThat(run("winback.hold_out_share=0.5").failure()).isEmpty();

    assertThat(run("winback.hold_out_share=0.3").failure()).isEmpty();

    assertThat(plans()).containsExactly(tuple("winback-2025-06", DAY, 0.3));
  }

  @Test
  void onceItsListsWentOutACampaignStandsOnTheSameDayToo() {
    assertThat(run("winback.hold_out_share=0.5").failure()).isEmpty();
    Map<String, String> arms = candidates(WinbackCandidates.ARM.name());

    assertThat(export()).isZero();

    assertThat(run("winback.loss_probability=0.9").failure()).isEmpty();
    assertThat(candidates(WinbackCandidates.ARM.name())).isEqualTo(arms).containsValue("OFFER");
    assertThat(plans()).containsExactly(tuple("winback-2025-06", DAY, 0.5));
  }

  @Test
  void noListsGoOutWhileTheLakeIsWrittenTo() {
    assertThat(run("winback.hold_out_share=0.5").failure()).isEmpty();

    RunLock running =
        RunLock.take(lake.files(), "r", Duration.ofMinutes(1), false, Clock.systemUTC(), on -> {});
    try (running) {
      assertThat(export()).isEqualTo(1);
    }

    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(ExportedLists.until(lake.files())).isEmpty();
  }

  @Test
  void aListThatIsOlderThanTheDrawingDoesNotGoOut() {
    assertThat(run("winback.hold_out_share=0.5").failure()).isEmpty();
    assertThat(
            run(AsOf.on(DAY), "winback.calls=1", List.of(DecisionSteps.winbackCandidates()))
                .failure())
        .isEmpty();

    assertThatThrownBy(() -> ExportedLists.mark(lake))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith(
            "Cannot send out the win-back list of 2025-06-30: a campaign was drawn since");

    assertThat(ExportedLists.until(lake.files())).isEmpty();
  }

  @Test
  void aBackfillDrawsOnItsLastDayAlone() {
    backfill(DAY, DAY.plusDays(1));
    assertThat(plans()).as("nobody acted on the day that was filled in").isEmpty();

    backfill(DAY.minusDays(1), DAY);
    assertThat(plans()).extracting(plan -> plan.toList().get(1)).containsExactly(DAY);
  }

  @Test
  void whoIsLinkedToAnotherSinceTheDrawingIsReachedByTheFilesOfBoth() {
    put(
        WinbackList.TABLE,
        TestRows.of(WinbackList.TABLE)
            .row(
                WinbackList.CUSTOMER_ID, "drawn",
                WinbackList.DEALER_ID, "D1",
                WinbackList.TASK, "SETTLE_COMPLAINT",
                WinbackList.STATE, "OPEN")
            .build());
    TestRows identities = TestRows.of(CustomerIdentities.TABLE);
    for (String file : List.of("drawn", "another")) {
      identities.row(
          CustomerIdentities.CUSTOMER_RECORD_ID, file, CustomerIdentities.CUSTOMER_ID, "another");
    }
    lake.replace(CustomerIdentities.TABLE, identities.build(), new Txn("linked", 1));
    lake.replace(
        Customers.TABLE,
        TestRows.of(Customers.TABLE).row(Customers.CUSTOMER_RECORD_ID, "another").build(),
        new Txn("another", 1));

    assertThat(new RevealContacts(lake, MasterKey.of(new byte[32])).rows().collectAsList())
        .extracting(
            row -> row.getAs(WinbackContacts.CUSTOMER_ID.name()),
            row -> row.getAs(WinbackContacts.TASK.name()))
        .containsExactly(tuple("drawn", "SETTLE_COMPLAINT"));
  }

  private void backfill(LocalDate from, LocalDate to) {
    new Backfill(Optional.of(from), List.of(), ALL, lake.files())
        .days(AsOf.on(to), lake)
        .forEach(
            day ->
                assertThat(run(day.asOf(), "winback.hold_out_share=0.5", day.steps()).failure())
                    .isEmpty());
  }

  private int export() {
    return Main.commandLine()
        .execute(
            "winback",
            "export",
            "--conf=../conf/servicelake.conf",
            "--set=spark.shuffle_partitions=2",
            "--lake=" + folder.resolve("lake"),
            "--out=" + folder.resolve("out"));
  }

  private RunResult run(String set) {
    return run(AsOf.on(DAY), set, ALL);
  }

  private RunResult run(AsOf asOf, String set, List<Step> steps) {
    List<String> sets = new ArrayList<>(List.of(set));
    sets.add("winback.offers=" + Path.of("../conf/offers").toAbsolutePath().normalize());
    Settings settings = Settings.load(folder, null, sets, Map.of());
    return new FlowRunner(lake, settings, asOf, RunListener.NONE).run(steps);
  }

  /** Where everybody stands on a later day, as its run would have scored it. */
  private void scored(LocalDate day) {
    Dataset<Row> states =
        lake.read(CustomerStates.TABLE)
            .withColumn(CustomerStates.SCORED_ON.name(), functions.lit(Date.valueOf(day)));
    lake.merge(CustomerStates.TABLE, states, new Txn("scored " + day, 1));
  }

  private List<String> people(TableContract table) {
    return lake
        .read(table)
        .select(WinbackCandidates.CUSTOMER_ID.name())
        .orderBy(WinbackCandidates.CUSTOMER_ID.name())
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private List<Tuple> plans() {
    return lake
        .read(Campaigns.TABLE)
        .select(
            Campaigns.CAMPAIGN_ID.col(), Campaigns.ASSIGNED_ON.col(), Campaigns.HOLD_OUT_RATE.col())
        .collectAsList()
        .stream()
        .map(row -> tuple(row.getString(0), row.getDate(1).toLocalDate(), row.getDouble(2)))
        .toList();
  }

  private void put(TableContract table, Dataset<Row> rows) {
    lake.replace(table, rows, new Txn(table.id(), 1));
  }

  private Map<String, String> candidates(String column) {
    return lake
        .read(WinbackCandidates.TABLE)
        .select(WinbackCandidates.CUSTOMER_ID.name(), column)
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> String.valueOf(row.get(1))));
  }
}
