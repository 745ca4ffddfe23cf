package io.servicelake.ml.repeat;

import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Finds the least value of a smooth function of a few variables: BFGS with a line search that holds
 * the weak Wolfe conditions by bisection (Nocedal & Wright 2006; Lewis & Overton 2013). Breeze's
 * L-BFGS cannot be given a function in Java; Commons Math has no quasi-Newton method.
 */
final class Minimizer {
  private static final double SETTLED = 1e-9;
  private static final double LONGEST = 2;
  private static final double DECREASE = 1e-4;
  private static final double ROUNDING = 1e-12;
  private static final double CURVATURE = 0.9;
  private static final int MAX_TRIALS = 40;

  private Minimizer() {}

  /** A function with its gradient. */
  interface Objective {
    Value at(double[] point);
  }

  /** Value and gradient at a point. */
  record Value(double value, double[] gradient) {}

  /**
   * Where a search ended.
   *
   * @param end why it ended
   */
  record Result(double[] at, double value, double[] gradient, int iterations, String end) {}

  /** Searches from a point; the caller judges by the gradient whether the search settled. */
  static Result minimize(Objective objective, double[] start, int maxIterations) {
    RealVector at = new ArrayRealVector(start);
    Value value = objective.at(start);
    RealMatrix inverse = MatrixUtils.createRealIdentityMatrix(start.length);
    for (int iteration = 0; ; iteration++) {
      RealVector gradient = new ArrayRealVector(value.gradient());
      if (!(gradient.getNorm() > SETTLED) || iteration == maxIterations) {
        return result(at, value, iteration, iteration == maxIterations ? "steps" : "gradient");
      }
      RealVector direction = inverse.operate(gradient).mapMultiply(-1);
      if (!(direction.dotProduct(gradient) < 0)) {
        inverse = MatrixUtils.createRealIdentityMatrix(start.length);
        direction = gradient.mapMultiply(-1);
      }
      Move move = search(objective, at, value, direction);
      if (move == null) {
        return result(at, value, iteration, "no step lowers the value");
      }
      inverse = updated(inverse, move.to().subtract(at), move.reached(), gradient);
      at = move.to();
      value = move.reached();
    }
  }

  private record Move(RealVector to, Value reached) {}

  /** A move that lowers the value and flattens the slope enough; null if none is found. */
  private static Move search(
      Objective objective, RealVector from, Value value, RealVector direction) {
    double slope = direction.dotProduct(new ArrayRealVector(value.gradient()));
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double step = Math.min(1, LONGEST / direction.getNorm());
    for (int trial = 0; trial < MAX_TRIALS; trial++) {
      RealVector to = from.add(direction.mapMultiply(step));
      Value reached = objective.at(to.toArray());
      double highest = value.value() + DECREASE * step * slope + ROUNDING * Math.abs(value.value());
      if (!(reached.value() <= highest)) {
        high = step;
      } else if (direction.dotProduct(new ArrayRealVector(reached.gradient()))
          < CURVATURE * slope) {
        low = step;
      } else {
        return new Move(to, reached);
      }
      step = Double.isInfinite(high) ? 2 * low : (low + high) / 2;
    }
    return null;
  }

  /** The BFGS update of the inverse Hessian. */
  private static RealMatrix updated(
      RealMatrix inverse, RealVector moved, Value reached, RealVector gradient) {
    RealVector change = new ArrayRealVector(reached.gradient()).subtract(gradient);
    double curvature = moved.dotProduct(change);
    if (!(curvature > 1e-300)) {
      return inverse;
    }
    RealMatrix left =
        MatrixUtils.createRealIdentityMatrix(moved.getDimension())
            .subtract(moved.outerProduct(change).scalarMultiply(1 / curvature));
    return left.multiply(inverse)
        .multiply(left.transpose())
        .add(moved.outerProduct(moved).scalarMultiply(1 / curvature));
  }

  private static Result result(RealVector at, Value value, int iterations, String end) {
    return new Result(at.toArray(), value.value(), value.gradient(), iterations, end);
  }
}
