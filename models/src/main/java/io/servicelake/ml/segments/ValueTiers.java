package io.servicelake.ml.segments;

import static io.servicelake.contract.feature.CustomerSnapshots.NET_24M_AMOUNT_MINOR;
import static org.apache.spark.sql.functions.when;

import io.servicelake.ml.FixedOrder;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Tiers by value: customers who spent most in 24 months and together make a share of all that was
 * spent are A, those who bring it up to a larger share are B, all others C.
 *
 * @param fromMinorA spend from which a person is A, hundredths
 * @param fromMinorB spend from which a person is B, hundredths
 */
public record ValueTiers(long fromMinorA, long fromMinorB) {
  static final String A = "A";
  static final String B = "B";
  static final String C = "C";

  /**
   * Shares of all spend.
   *
   * @param a share that tier A makes, 0 to 1
   * @param b share that A and B make together, from {@code a} to 1
   */
  public record Shares(double a, double b) {
    public Shares {
      if (!(a > 0 && a <= b && b <= 1)) {
        throw new IllegalArgumentException(
            "Cannot tell tiers apart: A makes %s of all spend, A and B together %s. Shares lie above 0 and up to 1, and A's is part of both. Correct segments.tier_a_share and segments.tier_b_share."
                .formatted(a, b));
      }
    }
  }

  /**
   * Learns the limits.
   *
   * @param persons rows of feature.customer_snapshots, one per person
   * @param maxRows rows above which a sample by hash tells
   */
  static ValueTiers of(
      Dataset<Row> persons, long count, int maxRows, Shares shares, Column... key) {
    double[] spend =
        FixedOrder.sample(persons, maxRows, count, key)
            .where(NET_24M_AMOUNT_MINOR.col().gt(0))
            .select(NET_24M_AMOUNT_MINOR.col())
            .collectAsList()
            .stream()
            .mapToDouble(row -> row.getLong(0))
            .sorted()
            .toArray();
    double all = Arrays.stream(spend).sum();
    return new ValueTiers(from(spend, shares.a() * all), from(spend, shares.b() * all));
  }

  /** The least spend among the highest that together reach a sum; beyond all without any. */
  private static long from(double[] sorted, double wanted) {
    double reached = 0;
    long least = Long.MAX_VALUE;
    for (int i = sorted.length - 1; i >= 0 && reached < wanted; i--) {
      reached += sorted[i];
      least = (long) sorted[i];
    }
    return least;
  }

  /** The tier of each row. */
  Column tier() {
    return when(NET_24M_AMOUNT_MINOR.col().geq(fromMinorA), A)
        .when(NET_24M_AMOUNT_MINOR.col().geq(fromMinorB), B)
        .otherwise(C);
  }
}
