package io.servicelake.jobs.simulate;

import io.servicelake.jobs.simulate.FaultLedger.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Wrong odometer readings, of one kind a vehicle, each where its fate can be told: a typo or a slip
 * of unit stands between readings that agree without it; readings rolled back are told from those
 * before by at least four on either side, so that both stand.
 */
final class OdometerFaults {
  private static final int BEFORE = 3;
  private static final int AFTER = 2;
  private static final int EITHER_SIDE = 4;
  private static final double KM_PER_MILE = 1.609344;

  /** A reading and what is wrong with it. */
  record Wrong(Kind kind, int km) {}

  private final Map<String, Wrong> wrong = new HashMap<>();
  private final Set<String> kept = new HashSet<>();

  /**
   * Decides on the readings of a vehicle.
   *
   * @param readings orders with a reading, in order of their time
   */
  void plan(long seed, List<Visit> readings) {
    Draws draws = Draws.of(seed, "odometer/" + readings.get(0).ownership.vehicle.vin, 0);
    int before = wrong.size();
    double mark = draws.uniform();
    if (mark < 0.10) {
      rollBack(readings, draws);
    } else if (mark < 0.35 && readings.size() > BEFORE + AFTER) {
      int at = BEFORE + draws.below(readings.size() - BEFORE - AFTER);
      mistake(readings, at, mark < 0.20 ? Kind.UNIT_SLIP : Kind.ODOMETER_TYPO, draws);
    }
    if (wrong.size() > before) {
      readings.forEach(visit -> kept.add(key(visit)));
    }
  }

  private void mistake(List<Visit> readings, int at, Kind kind, Draws draws) {
    int right = readings.get(at).km;
    int km =
        kind == Kind.UNIT_SLIP
            ? (int) Math.round(right / KM_PER_MILE)
            : draws.chance(0.5) ? 10 * right : right / 100;
    boolean isTold = km < readings.get(at - 1).km || km > readings.get(at + 1).km;
    if (isTold && km > 0) {
      wrong.put(key(readings.get(at)), new Wrong(kind, km));
    }
  }

  private void rollBack(List<Visit> readings, Draws draws) {
    int places = readings.size() - 2 * EITHER_SIDE + 1;
    if (places < 1) {
      return;
    }
    int first = EITHER_SIDE + draws.below(places);
    int km = (int) (readings.get(first - 1).km * draws.between(0.3, 0.6));
    boolean isTold = readings.get(first + 1).km - km < readings.get(first - 2).km;
    if (isTold) {
      for (Visit visit : readings.subList(first, readings.size())) {
        wrong.put(key(visit), new Wrong(Kind.ODOMETER_ROLLBACK, visit.km - km));
      }
    }
  }

  /** The wrong reading of an order; null if it has none. */
  Wrong of(String order) {
    return wrong.get(order);
  }

  /** True if the order's reading tells a wrong one of its vehicle: it must not be lost. */
  boolean isKept(String order) {
    return kept.contains(order);
  }

  private static String key(Visit visit) {
    return visit.dealer.code + "|" + visit.number;
  }
}
