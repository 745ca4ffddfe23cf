package io.servicelake.campaign;

import static io.servicelake.contract.serving.CampaignResults.*;

import io.servicelake.contract.Field;
import io.servicelake.contract.decision.CampaignAssignments;
import io.servicelake.contract.decision.Campaigns;
import io.servicelake.contract.serving.CampaignResults;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.ml.campaign.AlphaSpending;
import io.servicelake.ml.campaign.Arm;
import io.servicelake.ml.campaign.ArmOutcomes;
import io.servicelake.ml.campaign.CampaignResult;
import io.servicelake.ml.campaign.Effect;
import io.servicelake.ml.campaign.IntentionToTreat;
import io.servicelake.ml.evaluation.Ranking;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Measures campaigns: each alone, and all that are over together. All together are looked at again
 * with every campaign that ends, so their intervals are those of {@link AlphaSpending}; offers and
 * regions are shown beside the whole with its critical value and are not guarded for their number.
 */
public final class MeasureCampaigns {
  private static final double ALPHA = 0.05;
  private static final double LEAST_NEWS = 0.005;
  private static final double CLAIM = 3.5;

  private MeasureCampaigns() {}

  /**
   * Rows of serving.campaign_results.
   *
   * @param outcomes one row per campaign and person drawn
   * @param campaigns decision.campaigns, for how many customers a planned lift takes
   * @param dealers current silver.dealers
   */
  public static Dataset<Row> compute(
      Dataset<Row> outcomes, Dataset<Row> campaigns, Dataset<Row> dealers, LocalDate asOf) {
    Map<List<Object>, List<ArmOutcomes>> cells =
        ArmOutcomes.byGroup(
            outcomes.join(
                dealers.select(Dealers.DEALER_ID.col(), Dealers.REGION.col()),
                Dealers.DEALER_ID.name()),
            CampaignAssignments.WINDOW_UNTIL_ON,
            CampaignAssignments.CAMPAIGN_ID,
            CampaignAssignments.OFFER_CODE,
            Dealers.REGION);
    List<Cell> all = new ArrayList<>();
    cells.forEach((key, arms) -> all.add(Cell.of(key, arms)));
    Map<String, Planned> plans = Planned.of(campaigns);
    List<Row> rows = new ArrayList<>();
    Map<String, List<Cell>> byCampaign = new TreeMap<>();
    all.forEach(
        cell -> byCampaign.computeIfAbsent(cell.campaign, any -> new ArrayList<>()).add(cell));
    byCampaign.forEach(
        (campaign, parts) -> {
          LocalDate until = parts.get(0).until;
          Optional<Look> look =
              until.isAfter(asOf)
                  ? Optional.empty()
                  : Optional.of(new Look(1, 1, IntentionToTreat.singleLook()));
          rows.addAll(
              rollUps(
                  new Frame(
                      campaign, until, look, plans.getOrDefault(campaign, Planned.NONE), asOf),
                  parts));
        });
    List<Cell> over = all.stream().filter(cell -> !cell.until.isAfter(asOf)).toList();
    if (!over.isEmpty()) {
      Plan plan = Plan.of(over, plans);
      rows.addAll(rollUps(new Frame(ALL, plan.until, plan.look, Planned.NONE, asOf), plan.cells));
    }
    return outcomes.sparkSession().createDataFrame(rows, CampaignResults.TABLE.schema());
  }

  /** What a campaign was planned to show. */
  private record Planned(Double lift, Long needed, Double smallestLift) {
    static final Planned NONE = new Planned(null, null, null);

    static Map<String, Planned> of(Dataset<Row> campaigns) {
      Map<String, Planned> plans = new HashMap<>();
      campaigns
          .select(
              Campaigns.CAMPAIGN_ID.col(),
              Campaigns.PLANNED_LIFT.col(),
              Campaigns.NEEDED_COUNT.col(),
              Campaigns.SMALLEST_LIFT.col())
          .collectAsList()
          .forEach(
              row ->
                  plans.put(
                      row.getString(0), new Planned(row.getDouble(1), row.getAs(2), row.getAs(3))));
      return plans;
    }
  }

  private record Cell(
      LocalDate until, String campaign, String offer, String region, List<ArmOutcomes> arms) {
    static Cell of(List<Object> key, List<ArmOutcomes> arms) {
      return new Cell(
          ((Date) key.get(0)).toLocalDate(),
          (String) key.get(1),
          (String) key.get(2),
          (String) key.get(3),
          arms);
    }

    /** Customers who count for the effect. */
    long customers() {
      return arms.stream()
          .filter(part -> part.arm() != Arm.RANDOM_CONTACT)
          .mapToLong(ArmOutcomes::customers)
          .sum();
    }
  }

  private record Look(int number, double information, double critical) {}

  /**
   * Campaigns that are over, in order of their end, up to the number planned for the first that has
   * a plan and to enough in each arm; one look at each end that brings news.
   */
  private record Plan(List<Cell> cells, LocalDate until, Optional<Look> look) {
    static Plan of(List<Cell> over, Map<String, Planned> plans) {
      Map<LocalDate, List<Cell>> byEnd = new TreeMap<>();
      over.forEach(cell -> byEnd.computeIfAbsent(cell.until, any -> new ArrayList<>()).add(cell));
      long planned = 0;
      long customers = 0;
      List<Cell> cells = new ArrayList<>();
      List<Double> fractions = new ArrayList<>();
      LocalDate until = null;
      for (Map.Entry<LocalDate, List<Cell>> end : byEnd.entrySet()) {
        if (planned == 0) {
          Long needed = plans.getOrDefault(end.getValue().get(0).campaign, Planned.NONE).needed;
          planned = needed == null ? 0 : needed;
        }
        customers += end.getValue().stream().mapToLong(Cell::customers).sum();
        cells.addAll(end.getValue());
        until = end.getKey();
        double fraction = planned == 0 ? 0 : Math.min(1, (double) customers / planned);
        double before = fractions.isEmpty() ? 0 : fractions.get(fractions.size() - 1);
        if (fraction - before >= LEAST_NEWS) {
          fractions.add(fraction);
        }
        if (fraction == 1 && fewest(cells) >= IntentionToTreat.FEWEST_PER_ARM) {
          break;
        }
      }
      return new Plan(cells, until, look(fractions));
    }

    /** Customers of the smaller arm. */
    private static long fewest(List<Cell> cells) {
      return Stream.of(Arm.OFFER, Arm.HOLD_OUT)
          .mapToLong(arm -> cells.stream().mapToLong(cell -> customers(cell.arms, arm)).sum())
          .min()
          .orElseThrow();
    }

    private static Optional<Look> look(List<Double> fractions) {
      int number = fractions.size();
      if (number == 0) {
        return Optional.empty();
      }
      double[] looks = fractions.stream().mapToDouble(Double::doubleValue).toArray();
      double critical = AlphaSpending.criticalValues(ALPHA, looks)[number - 1];
      return Optional.of(new Look(number, looks[number - 1], critical));
    }
  }

  /** What all rows of a campaign, or of all together, have in common. */
  private record Frame(
      String campaign, LocalDate until, Optional<Look> look, Planned planned, LocalDate asOf) {}

  private static List<Row> rollUps(Frame frame, List<Cell> cells) {
    List<Row> rows = new ArrayList<>();
    rows.add(row(frame, frame.planned, ALL, ALL, cells));
    by(cells, Cell::offer)
        .forEach((offer, parts) -> rows.add(row(frame, Planned.NONE, offer, ALL, parts)));
    by(cells, Cell::region)
        .forEach((region, parts) -> rows.add(row(frame, Planned.NONE, ALL, region, parts)));
    return rows;
  }

  private static Map<String, List<Cell>> by(List<Cell> cells, Function<Cell, String> of) {
    Map<String, List<Cell>> groups = new TreeMap<>();
    cells.forEach(
        cell -> groups.computeIfAbsent(of.apply(cell), any -> new ArrayList<>()).add(cell));
    return groups;
  }

  private static Row row(
      Frame frame, Planned planned, String offer, String region, List<Cell> cells) {
    SortedMap<String, List<ArmOutcomes>> byCampaign = new TreeMap<>();
    cells.forEach(
        cell ->
            byCampaign.computeIfAbsent(cell.campaign, any -> new ArrayList<>()).addAll(cell.arms));
    List<ArmOutcomes> arms = IntentionToTreat.together(byCampaign);
    Map<Field, Object> values = new HashMap<>();
    values.put(CAMPAIGN_ID, frame.campaign);
    values.put(OFFER_CODE, offer);
    values.put(REGION, region);
    values.put(AS_OF_ON, Date.valueOf(frame.asOf));
    values.put(WINDOW_UNTIL_ON, Date.valueOf(frame.until));
    values.put(OFFER_COUNT, customers(arms, Arm.OFFER));
    values.put(HOLD_OUT_COUNT, customers(arms, Arm.HOLD_OUT));
    values.put(RANDOM_CONTACT_COUNT, customers(arms, Arm.RANDOM_CONTACT));
    values.put(PLANNED_LIFT, planned.lift);
    values.put(NEEDED_COUNT, planned.needed);
    values.put(SMALLEST_LIFT, planned.smallestLift);
    values.put(CLAIMED_RATIO, CLAIM);
    values.put(VERDICT, "TOO_EARLY");
    frame.look.ifPresent(one -> measure(arms, one, values));
    return RowFactory.create(CampaignResults.TABLE.fields().stream().map(values::get).toArray());
  }

  private static void measure(List<ArmOutcomes> arms, Look look, Map<Field, Object> values) {
    CampaignResult result = IntentionToTreat.measure(arms, look.critical);
    values.put(LOOK_NO, look.number);
    values.put(INFORMATION_RATE, rate(look.information));
    values.put(CRITICAL_VALUE, rate(look.critical));
    values.put(VERDICT, verdict(result.visits().verdict()));
    values.put(OFFER_VISIT_RATE, rate(result.visits().offered()));
    values.put(HOLD_OUT_VISIT_RATE, rate(result.visits().heldOut()));
    values.put(VISIT_LIFT, rate(result.visits().difference()));
    values.put(VISIT_LIFT_LOWER, rate(result.visits().interval().lower()));
    values.put(VISIT_LIFT_UPPER, rate(result.visits().interval().upper()));
    values.put(MARGIN_LIFT_AMOUNT, money(result.margin().difference()));
    values.put(MARGIN_LIFT_LOWER_AMOUNT, money(result.margin().interval().lower()));
    values.put(MARGIN_LIFT_UPPER_AMOUNT, money(result.margin().interval().upper()));
    values.put(NON_RESPONSE_RATE, rate(result.nonResponseRate()));
    values.put(CONTAMINATION_RATE, rate(result.contaminationRate()));
    result
        .targeting()
        .ifPresent(
            lift -> {
              values.put(TARGETING_RATIO, rate(lift.ratio()));
              values.put(TARGETING_RATIO_LOWER, rate(lift.interval().lower()));
              values.put(TARGETING_RATIO_UPPER, rate(lift.interval().upper()));
            });
  }

  private static String verdict(Effect.Verdict verdict) {
    return switch (verdict) {
      case HIGHER -> "EFFECT";
      case LOWER -> "ADVERSE_EFFECT";
      case NOT_SHOWN -> "NO_EFFECT_SHOWN";
      case TOO_FEW -> "TOO_FEW";
    };
  }

  private static long customers(List<ArmOutcomes> arms, Arm arm) {
    return arms.stream().filter(part -> part.arm() == arm).mapToLong(ArmOutcomes::customers).sum();
  }

  /** Six digits; null for what cannot be told. */
  private static Double rate(double value) {
    return Double.isFinite(value) ? Ranking.round6(value) : null;
  }

  private static BigDecimal money(double minor) {
    return Double.isFinite(minor)
        ? BigDecimal.valueOf(minor).movePointLeft(2).setScale(2, RoundingMode.HALF_UP)
        : null;
  }
}
