package io.servicelake.transform.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.TestRows;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.serving.OfferFairness;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Which groups of customers are told to get fewer or smaller offers than others like them. */
class OfferFairnessTest {
  private static final LocalDate AS_OF = LocalDate.parse("2025-06-30");

  @Test
  void aGroupThatGetsSmallerDiscountsThanItsLikeIsFlagged() {
    Map<String, Row> fairness = smallerDiscounts(120);

    Row none = fairness.get("MEMBER_TIER NONE");
    assertThat(none.<BigDecimal>getAs(OfferFairness.DISCOUNT_DIFFERENCE_AMOUNT.name()))
        .isEqualByComparingTo("-19.97");
    assertThat(none.<Boolean>getAs(OfferFairness.IS_FLAGGED.name())).isTrue();
    assertThat(none.<Double>getAs(OfferFairness.OFFERED_DIFFERENCE.name())).isZero();
    assertThat(fairness.get("POWERTRAIN BEV").<Boolean>getAs(OfferFairness.IS_FLAGGED.name()))
        .isFalse();
    // All booked alike: there is nobody to compare with.
    assertThat(
            fairness
                .get("BOOKING WALK_IN")
                .<BigDecimal>getAs(OfferFairness.DISCOUNT_DIFFERENCE_AMOUNT.name()))
        .isNull();
    // The same difference of 29 customers.
    assertThat(
            smallerDiscounts(58)
                .get("MEMBER_TIER NONE")
                .<Boolean>getAs(OfferFairness.IS_FLAGGED.name()))
        .isFalse();
  }

  @Test
  void aGroupThatIsDeniedOffersWithoutADiscountIsFlaggedByItsShare() {
    Map<String, Row> fairness =
        fairness(
            120,
            i -> {
              // Nine of ten gold customers get the offer, one of ten others, booking aside.
              boolean isHeld = isGold(i) == (i / 2 % 10 == 0);
              String booking = i % 4 < 2 ? "WALK_IN" : "APPOINTMENT";
              return candidate(i, isHeld, 0, WinbackCandidates.BOOKING, booking);
            });

    Row none = fairness.get("MEMBER_TIER NONE");
    assertThat(none.<Double>getAs(OfferFairness.OFFERED_DIFFERENCE.name()))
        .isCloseTo(-0.8, within(1e-6));
    assertThat(none.<Boolean>getAs(OfferFairness.IS_SHARE_FLAGGED.name())).isTrue();
    assertThat(none.<Boolean>getAs(OfferFairness.IS_FLAGGED.name())).isFalse();
    assertThat(
            fairness.get("MEMBER_TIER GOLD").<Boolean>getAs(OfferFairness.IS_SHARE_FLAGGED.name()))
        .isTrue();
    assertThat(
            fairness.get("BOOKING WALK_IN").<Boolean>getAs(OfferFairness.IS_SHARE_FLAGGED.name()))
        .isFalse();
  }

  @Test
  void aDifferenceWithinTheToleranceIsNotFlaggedHoweverSureItIs() {
    Map<String, Row> fairness =
        fairness(
            400,
            i -> {
              // One in twenty of those who are not gold gets no offer, the others get 2 % less.
              boolean isHeld = !isGold(i) && i / 2 % 20 == 7;
              return candidate(i, isHeld, isGold(i) ? 10_000 : 9_800);
            });

    Row none = fairness.get("MEMBER_TIER NONE");
    assertThat(none.<Double>getAs(OfferFairness.OFFERED_DIFFERENCE_UPPER.name())).isNegative();
    assertThat(none.<BigDecimal>getAs(OfferFairness.DISCOUNT_DIFFERENCE_UPPER_AMOUNT.name()))
        .isNegative();
    assertThat(none.<Boolean>getAs(OfferFairness.IS_SHARE_FLAGGED.name())).isFalse();
    assertThat(none.<Boolean>getAs(OfferFairness.IS_FLAGGED.name())).isFalse();
  }

  @Test
  void aDifferenceWithinNoiseIsNotFlaggedHoweverLargeItIs() {
    Map<String, Row> fairness =
        fairness(
            60,
            i -> {
              // Three of thirty gold customers get no offer, six of the others.
              boolean isHeld = i / 2 % 10 == 0 || !isGold(i) && i / 2 % 10 == 5;
              return candidate(i, isHeld, i / 2 % 2 == 0 ? (isGold(i) ? 20_000 : 16_000) : 0);
            });

    Row none = fairness.get("MEMBER_TIER NONE");
    assertThat(none.<Double>getAs(OfferFairness.OFFERED_DIFFERENCE.name()))
        .isCloseTo(-0.1, within(1e-6));
    assertThat(none.<Boolean>getAs(OfferFairness.IS_SHARE_FLAGGED.name())).isFalse();
    assertThat(none.<BigDecimal>getAs(OfferFairness.DISCOUNT_DIFFERENCE_AMOUNT.name()))
        .isLessThan(
            none.<BigDecimal>getAs(OfferFairness.MEAN_DISCOUNT_AMOUNT.name())
                .movePointLeft(1)
                .negate());
    assertThat(none.<Boolean>getAs(OfferFairness.IS_FLAGGED.name())).isFalse();
  }

  /** Who is not gold gets 20 % less. */
  private static Map<String, Row> smallerDiscounts(int customers) {
    return fairness(
        customers,
        i ->
            candidate(
                i,
                false,
                isGold(i) ? 10_000 : 8_000 + i % 7,
                WinbackCandidates.POWERTRAIN,
                i % 4 < 2 ? "ICE" : "BEV",
                WinbackCandidates.BOOKING,
                "WALK_IN"));
  }

  /** Every other customer is gold, and the next one, who is not, has the same margin. */
  private static boolean isGold(int customer) {
    return customer % 2 == 0;
  }

  /** A customer with an offer, if not held back; more columns may follow. */
  private static Object[] candidate(
      int customer, boolean isHeld, long discountMinor, Object... more) {
    Object[] columns = {
      WinbackCandidates.CAMPAIGN_ID,
      "c",
      WinbackCandidates.CUSTOMER_ID,
      "c" + customer,
      WinbackCandidates.DEALER_ID,
      "D1",
      WinbackCandidates.REASON_CODE_1,
      "PRICE",
      WinbackCandidates.MEMBER_TIER,
      isGold(customer) ? "GOLD" : null,
      WinbackCandidates.MARGIN_AMOUNT_MINOR,
      1000L + customer / 2,
      WinbackCandidates.HOLD_REASON,
      isHeld ? "BUDGET" : null,
      WinbackCandidates.DISCOUNT_AMOUNT_MINOR,
      discountMinor
    };
    return Stream.concat(Arrays.stream(columns), Arrays.stream(more)).toArray();
  }

  /** What is told of a campaign, by attribute and group. */
  private static Map<String, Row> fairness(int customers, IntFunction<Object[]> candidate) {
    TestRows candidates = TestRows.of(WinbackCandidates.TABLE);
    for (int i = 0; i < customers; i++) {
      candidates.row(candidate.apply(i));
    }
    return ServeWinback.fairness(candidates.build(), 0.1, AS_OF).collectAsList().stream()
        .collect(
            Collectors.toMap(
                row ->
                    row.getAs(OfferFairness.ATTRIBUTE.name())
                        + " "
                        + row.getAs(OfferFairness.GROUP_VALUE.name()),
                row -> row));
  }
}
