package io.servicelake.ml.repeat;

import java.io.Serializable;
import java.util.List;

/**
 * A log-likelihood that is a sum over customers of a part by count alone and a part by the whole
 * history. Parameters are positive, in the order of their names.
 */
interface Likelihood extends Serializable {
  /** Names of the parameters. */
  List<String> names();

  /** The terms at given parameters. */
  Terms at(double[] parameters);

  /**
   * Terms at fixed parameters. Both methods add {@code weight} times the log-likelihood to {@code
   * sums[0]} and {@code weight} times its gradient by the parameters to the places after it.
   */
  interface Terms {
    /** Adds what the count alone decides. */
    void addByCount(int count, double weight, double[] sums);

    /** Adds the rest; the row's values begin at {@code from}. */
    void addByHistory(int count, double[] values, int from, double weight, double[] sums);
  }
}
