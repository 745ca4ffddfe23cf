package io.servicelake.ml.attrition;

/**
 * What an expectation step adds up: per rate what happened and what the rates let expect; for
 * {@link Part#START} persons that had left before, and persons.
 */
final class Sums {
  private final double[][] happened = new double[Part.values().length][];
  private final double[][] expected = new double[Part.values().length][];
  private double logLikelihood;
  private double persons;

  Sums() {
    for (Part part : Part.values()) {
      happened[part.ordinal()] = new double[part.size];
      expected[part.ordinal()] = new double[part.size];
    }
  }

  /** Adds to a rate. */
  void add(Part part, int at, double itHappened, double wasExpected) {
    happened[part.ordinal()][at] += itHappened;
    expected[part.ordinal()][at] += wasExpected;
  }

  void addPerson(double itsLogLikelihood) {
    logLikelihood += itsLogLikelihood;
    persons++;
  }

  double[] happened(Part part) {
    return happened[part.ordinal()];
  }

  double[] expected(Part part) {
    return expected[part.ordinal()];
  }

  double logLikelihood() {
    return logLikelihood;
  }

  double persons() {
    return persons;
  }

  /** As numbers one after the other, so that partitions add up in their order. */
  double[] toArray() {
    double[] flat = new double[length()];
    int at = copy(happened, flat, 0);
    at = copy(expected, flat, at);
    flat[at] = logLikelihood;
    flat[at + 1] = persons;
    return flat;
  }

  private static int copy(double[][] parts, double[] flat, int from) {
    int at = from;
    for (double[] part : parts) {
      System.arraycopy(part, 0, flat, at, part.length);
      at += part.length;
    }
    return at;
  }

  static Sums of(double[] flat) {
    Sums sums = new Sums();
    int at = 0;
    for (double[][] parts : new double[][][] {sums.happened, sums.expected}) {
      for (double[] part : parts) {
        System.arraycopy(flat, at, part, 0, part.length);
        at += part.length;
      }
    }
    sums.logLikelihood = flat[at];
    sums.persons = flat[at + 1];
    return sums;
  }

  static int length() {
    int length = 2;
    for (Part part : Part.values()) {
      length += 2 * part.size;
    }
    return length;
  }
}
