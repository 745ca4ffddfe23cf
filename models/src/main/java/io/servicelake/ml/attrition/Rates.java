package io.servicelake.ml.attrition;

import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The rates of the visit process, by part. */
final class Rates implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[][] values = new double[Part.values().length][];

  /** Where a fit begins: three punctualities around the due day, the rest even. */
  static Rates start() {
    Rates rates = new Rates();
    for (Part part : Part.values()) {
      rates.values[part.ordinal()] = new double[part.size];
      Arrays.fill(rates.of(part), 1);
    }
    for (int punctuality = 0; punctuality < Classes.PUNCTUALITIES; punctuality++) {
      double tilt = 2.0 * (1 - punctuality);
      for (int cell = 0; cell < Cells.CURVE; cell++) {
        double rounds = Cells.rounds(cell);
        double level = rounds < 0.8 ? 0.05 : rounds < 1.6 ? 1.5 : 0.6;
        rates.of(Part.CURVE)[punctuality * Cells.CURVE + cell] =
            level * Math.exp(-tilt * Math.max(-0.4, Math.min(0.6, rounds - 1)));
      }
    }
    spread(rates.of(Part.DILIGENCE), 0.7);
    spread(rates.of(Part.FRAILTY), 0.6);
    spread(rates.of(Part.ATTACHMENT), 3);
    Arrays.fill(rates.of(Part.REPAIR), 0.007);
    Arrays.fill(rates.of(Part.ACCIDENT), 0.002);
    Arrays.fill(rates.of(Part.OTHER), 0.003);
    rates.set(Part.REMAINING, 0.1, 0.3, 0.4, 0.4);
    Arrays.fill(rates.of(Part.START), 0.02);
    Arrays.fill(rates.of(Part.LEAVING), 0.002);
    rates.set(Part.GRIEVANCE, 1, 1.2, 1.5, 2, 3, 4, 6);
    Arrays.fill(rates.of(Part.CLASS), 1.0 / Classes.ALL);
    return rates;
  }

  /** Rates read back. */
  static Rates of(Map<Part, List<Double>> byPart) {
    Rates rates = new Rates();
    byPart.forEach(
        (part, list) ->
            rates.values[part.ordinal()] =
                list.stream().mapToDouble(Double::doubleValue).toArray());
    return rates;
  }

  private void set(Part part, double... numbers) {
    values[part.ordinal()] = numbers;
  }

  /** Evenly in the logarithm around 1. */
  private static void spread(double[] factors, double width) {
    for (int i = 0; i < factors.length; i++) {
      factors[i] = Math.exp(width * (i - (factors.length - 1) / 2.0) / (factors.length - 1));
    }
  }

  /** The rates of a part; changes write through. */
  double[] of(Part part) {
    return values[part.ordinal()];
  }

  double of(Part part, int at) {
    return values[part.ordinal()][at];
  }

  Rates copy() {
    Rates copy = new Rates();
    Arrays.setAll(copy.values, i -> values[i].clone());
    return copy;
  }

  /** Six significant digits, as they are stored. */
  Map<Part, List<Double>> toMap() {
    Map<Part, List<Double>> byPart = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      byPart.put(part, Arrays.stream(of(part)).map(Rates::rounded).boxed().toList());
    }
    return byPart;
  }

  private static double rounded(double value) {
    double scale = value == 0 ? 1 : Math.pow(10, 5 - Math.floor(Math.log10(Math.abs(value))));
    return Math.rint(value * scale) / scale;
  }
}
