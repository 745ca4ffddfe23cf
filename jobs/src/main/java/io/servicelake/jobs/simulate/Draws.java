package io.servicelake.jobs.simulate;

import java.util.List;

/** A stream of random draws (SplitMix64), named so that one stream never disturbs another. */
final class Draws {
  private long state;

  private Draws(long state) {
    this.state = state;
  }

  static Draws of(long seed, String name, long number) {
    long h = seed * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L;
    for (int i = 0; i < name.length(); i++) {
      h = mix(h ^ name.charAt(i));
    }
    return new Draws(mix(h + mix(number)));
  }

  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  double uniform() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
  }

  double between(double low, double high) {
    return low + (high - low) * uniform();
  }

  int below(int bound) {
    return (int) (uniform() * bound);
  }

  boolean chance(double probability) {
    return uniform() < probability;
  }

  double normal() {
    double u = 1 - uniform();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * uniform());
  }

  double logNormal(double median, double spread) {
    return median * Math.exp(spread * normal());
  }

  double exponential(double mean) {
    return -mean * Math.log(1 - uniform());
  }

  /** A gamma draw of mean one (Marsaglia and Tsang 2000; shape at least 1). */
  double gammaOfMeanOne(double shape) {
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = normal();
      double v = 1 + c * x;
      if (v > 0) {
        v = v * v * v;
        if (Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
          return d * v / shape;
        }
      }
    }
  }

  int weighted(double... weights) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double mark = uniform() * total;
    for (int i = 0; i < weights.length; i++) {
      mark -= weights[i];
      if (mark < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  <T> T pick(List<T> values) {
    return values.get(below(values.size()));
  }
}
