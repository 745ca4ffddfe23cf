package io.servicelake.ml.repeat;

/**
 * Settings of a fit.
 *
 * @param maxTicks highest k tried for MBG/CNBD-k
 * @param minRepeaters customers with a repeat visit below which nothing is fitted
 * @param maxIterations steps of the search at most
 * @param partitions parts the folded rows are kept in; another number may change the last digits
 */
public record FitSettings(int maxTicks, int minRepeaters, int maxIterations, int partitions) {

  /** Up to 8 ticks, 100 repeaters, 200 steps, 8 parts. */
  public static FitSettings defaults() {
    return new FitSettings(8, 100, 200, 8);
  }
}
