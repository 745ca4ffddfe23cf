package io.servicelake.ml.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.TestRows;
import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import io.servicelake.ml.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class AssignmentsTest {
  private static final Columns C = new Columns();
  private static final Field ID = C.key("id", Columns.STRING, "Id", "编号", "Customer.");
  private static final Field DEALER = C.optional("dealer", Columns.STRING, "D", "店", "Dealer.");
  private static final Field TIER = C.optional("tier", Columns.INT, "T", "级", "Tier.");
  private static final Field IS_LISTED = C.optional("is_listed", Columns.BOOL, "L", "列", "Listed.");
  private static final TableContract CUSTOMERS =
      C.table(Layer.GOLD, "campaign_customers", "C", "C", "one row per customer", "test");
  private static final CampaignDesign DESIGN = design("spring", 0.2, 0.1);

  @Test
  void twoRunsAndRowsInAnotherOrderGiveTheSameArms() {
    Map<String, Row> once = draw(customers(1), DESIGN);

    assertThat(draw(customers(1), DESIGN)).isEqualTo(once);
    assertThat(draw(customers(2), DESIGN)).isEqualTo(once);
    assertThat(draw(customers(3).repartition(7), DESIGN)).isEqualTo(once);
    assertThat(once).hasSize(600);
  }

  @Test
  void armsAreBalancedWithinEachStratum() {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    for (Row row : draw(customers(1), DESIGN).values()) {
      counts
          .computeIfAbsent(row.getString(2), key -> new HashMap<>())
          .merge(row.getString(3), 1, Integer::sum);
    }

    assertThat(counts).hasSize(8).containsKey("[\"d1\",\"2\"]").containsKey("[null,\"0\"]");
    counts.forEach(
        (stratum, arms) -> {
          int size = arms.values().stream().mapToInt(Integer::intValue).sum();
          for (Arm arm : Arm.values()) {
            // Cuts are rounded by one start: no arm is off its share by a whole customer.
            assertThat((double) arms.getOrDefault(arm.name(), 0))
                .as(stratum + " " + arm)
                .isCloseTo(size * DESIGN.probability(arm), within(1.0));
          }
        });
  }

  @Test
  void eachRowKeepsTheProbabilityOfItsArmAndTheNameOfTheSalt() {
    for (Row row : draw(customers(1), DESIGN).values()) {
      assertThat(row.getDouble(4)).isEqualTo(DESIGN.probability(Arm.valueOf(row.getString(3))));
      assertThat(row.getString(0)).isEqualTo("spring");
      assertThat(row.getString(5)).isEqualTo("salt-1");
      assertThat(row.toString()).doesNotContain("a secret");
    }
    assertThat(DESIGN.toString()).doesNotContain("a secret");
  }

  @Test
  void theOrderIsThatOfTheHashOfSaltCampaignAndCustomer() {
    Dataset<Row> customers = customers(1);
    Map<String, Row> arms = new TreeMap<>();
    for (Row row : Assignments.draw(customers, ID.col(), List.of(), DESIGN).collectAsList()) {
      String text = "[\"a secret\",\"spring\",\"%s\"]".formatted(row.getString(1));
      arms.put(Json.sha256(text), row);
    }

    List<String> inOrder = arms.values().stream().map(row -> row.getString(3)).distinct().toList();
    assertThat(inOrder).containsExactly("RANDOM_CONTACT", "HOLD_OUT", "OFFER");
    assertThat(arms.values()).extracting(row -> row.getString(2)).containsOnly("[]");
  }

  @Test
  void anotherCampaignDrawsAnewAndLeavesThisOneAlone() {
    Map<String, Row> spring = draw(customers(1), DESIGN);
    Map<String, Row> autumn = draw(customers(1), design("autumn", 0.3, 0));

    assertThat(draw(customers(1), DESIGN)).isEqualTo(spring);
    long alike =
        spring.keySet().stream()
            .filter(id -> isHeldOut(spring.get(id)) && isHeldOut(autumn.get(id)))
            .count();
    // 600 * 0.2 * 0.3 = 36 if the draws know nothing of one another; the band is three standard
    // deviations of 5.
    assertThat((double) alike).isCloseTo(36, within(15.0));
    assertThat(autumn.values()).noneMatch(row -> row.getString(3).equals("RANDOM_CONTACT"));
  }

  @Test
  void customersAloneInTheirStratumAreDrawnWithTheirProbabilityToo() {
    List<Row> rows =
        Assignments.draw(customers(1), ID.col(), List.of(ID.col()), DESIGN).collectAsList();

    long heldOut = rows.stream().filter(AssignmentsTest::isHeldOut).count();
    // 120 of 600 with a standard deviation of 9.8; the band is three.
    assertThat((double) heldOut).isCloseTo(120, within(29.4));
  }

  @Test
  void whoIsNotListedIsContactedAtRandomOnly() {
    List<Row> rows =
        Assignments.draw(customers(1), ID.col(), IS_LISTED.col(), List.of(), DESIGN)
            .collectAsList();

    // 400 customers are listed and get an arm; of the 200 others one in ten does.
    long unlisted = rows.stream().filter(row -> number(row) % 3 == 0).count();
    assertThat(unlisted).isBetween(20L, 21L);
    assertThat(rows).hasSize((int) (400 + unlisted));
    assertThat(rows)
        .filteredOn(row -> number(row) % 3 == 0)
        .allMatch(row -> row.getString(3).equals("RANDOM_CONTACT") && row.getDouble(4) == 0.1);
  }

  @Test
  void unclearCustomersAndDesignsAreRefused() {
    Dataset<Row> twice = customers(1).union(customers(1).limit(2));

    assertThatThrownBy(() -> Assignments.draw(twice, ID.col(), List.of(), DESIGN))
        .hasMessageStartingWith(
            "Cannot draw arms: ids are complete, 2 customers stand in more than one row.");
    assertThatThrownBy(() -> new CampaignDesign("x", "", "", 0.6, 0.5))
        .hasMessageContaining("the salt has no id; the salt is empty; nobody is left");
  }

  @Test
  void outcomesAreCountedByAssignmentAlone() {
    Dataset<Row> assignments = Assignments.draw(customers(1), ID.col(), List.of(), DESIGN).cache();
    List<Row> drawn = assignments.collectAsList();
    String offered = first(drawn, Arm.OFFER);
    String heldOut = first(drawn, Arm.HOLD_OUT);
    Columns columns = new Columns();
    columns.key(ArmOutcomes.CUSTOMER_ID);
    columns.with(ArmOutcomes.VISIT_COUNT);
    columns.with(ArmOutcomes.MARGIN_AMOUNT_MINOR);
    columns.with(ArmOutcomes.IS_CONTACTED);
    columns.with(ArmOutcomes.IS_REACHED);
    TableContract table =
        columns.table(Layer.GOLD, "campaign_outcomes", "O", "O", "visits", "test");
    Dataset<Row> outcomes =
        TestRows.of(table)
            .row(
                ArmOutcomes.CUSTOMER_ID,
                offered,
                ArmOutcomes.IS_CONTACTED,
                true,
                ArmOutcomes.IS_REACHED,
                true)
            .row(
                ArmOutcomes.CUSTOMER_ID,
                offered,
                ArmOutcomes.VISIT_COUNT,
                1L,
                ArmOutcomes.MARGIN_AMOUNT_MINOR,
                30_000L)
            .row(
                ArmOutcomes.CUSTOMER_ID,
                offered,
                ArmOutcomes.VISIT_COUNT,
                1L,
                ArmOutcomes.MARGIN_AMOUNT_MINOR,
                12_000L)
            .row(ArmOutcomes.CUSTOMER_ID, heldOut, ArmOutcomes.IS_CONTACTED, true)
            .row(ArmOutcomes.CUSTOMER_ID, "stranger", ArmOutcomes.VISIT_COUNT, 5L)
            .build();

    List<ArmOutcomes> sums = ArmOutcomes.of(assignments, outcomes, "spring");

    ArmOutcomes offer =
        sums.stream().filter(sum -> sum.arm() == Arm.OFFER).findFirst().orElseThrow();
    assertThat(sums).hasSize(3);
    assertThat(sums.stream().mapToLong(ArmOutcomes::customers).sum()).isEqualTo(600);
    assertThat(sums.stream().mapToLong(ArmOutcomes::visitors).sum()).isEqualTo(1);
    double count = offer.customers();
    assertThat(offer.margin().mean()).isCloseTo(42_000 / count, within(1e-9));
    // One customer of 42,000 among zeros: variance 42,000 squared over their number.
    assertThat(offer.margin().variance()).isCloseTo(42_000.0 * 42_000 / count, within(1e-3));
    // The fourth power of it: what lies beyond a few customers is 42,000 to the fourth.
    assertThat(offer.margin().fourth() / Math.pow(42_000, 4)).isCloseTo(1, within(0.02));
    CampaignResult result = IntentionToTreat.measure(sums, IntentionToTreat.singleLook());
    assertThat(result.nonResponseRate()).isCloseTo(1 - 1 / count, within(1e-12));
    assertThat(result.contaminationRate()).isCloseTo(1.0 / result.heldOut(), within(1e-12));
    assertThat(ArmOutcomes.of(assignments, outcomes, "autumn")).isEmpty();
  }

  private static Map<String, Row> draw(Dataset<Row> customers, CampaignDesign design) {
    Map<String, Row> rows = new TreeMap<>();
    Assignments.draw(customers, ID.col(), List.of(DEALER.col(), TIER.col()), design)
        .collectAsList()
        .forEach(row -> rows.put(row.getString(1), row));
    return rows;
  }

  /** 600 customers of four dealers, one of them unknown, and sundry tiers, in shuffled order. */
  private static Dataset<Row> customers(long seed) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, new Random(seed));
    TestRows rows = TestRows.of(CUSTOMERS);
    for (int i : numbers) {
      int tier = i % 5 == 0 ? 2 : 0;
      String dealer = i % 4 == 0 ? null : "d" + i % 4;
      rows.row(ID, "c" + i, DEALER, dealer, TIER, tier, IS_LISTED, i % 3 == 0 ? null : true);
    }
    return rows.build();
  }

  private static CampaignDesign design(String campaign, double holdOut, double random) {
    return new CampaignDesign(campaign, "salt-1", "a secret", holdOut, random);
  }

  private static boolean isHeldOut(Row row) {
    return row.getString(3).equals(Arm.HOLD_OUT.name());
  }

  private static int number(Row row) {
    return Integer.parseInt(row.getString(1).substring(1));
  }

  private static String first(List<Row> rows, Arm arm) {
    return rows.stream()
        .filter(row -> row.getString(3).equals(arm.name()))
        .map(row -> row.getString(1))
        .min(String::compareTo)
        .orElseThrow();
  }
}
