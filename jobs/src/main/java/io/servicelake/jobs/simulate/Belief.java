package io.servicelake.jobs.simulate;

import java.util.List;

/**
 * What an onlooker believes of a person who knows every trait, the vehicle's true state and all
 * visits, but not what nobody at the dealer is told: whether the person has left silently, or let
 * the last vehicle go without word. The posterior of a hidden Markov chain with the simulator's own
 * hazards (forward algorithm, Rabiner 1989). A sale that reaches the files some weeks late counts
 * as told at once.
 */
final class Belief {
  private double attached = 1;
  private double left;
  private double gone;

  /** The last vehicle, where it went: it goes on ageing for who was not told. */
  private Vehicle unseen;

  double attached() {
    return attached;
  }

  double left() {
    return left;
  }

  /** The vehicles the onlooker takes the person to hold. */
  List<Vehicle> vehicles(Person person) {
    List<Vehicle> held =
        person.ownerships.stream().filter(Ownership::isHeld).map(owned -> owned.vehicle).toList();
    return held.isEmpty() && unseen != null ? List.of(unseen) : held;
  }

  /** The last vehicle went. */
  void lose(Vehicle vehicle) {
    unseen = vehicle.copy();
  }

  /** A day of driving of a vehicle that went unseen, if there is one. */
  Vehicle driveUnseen(double driving) {
    if (unseen != null) {
      unseen.km += unseen.kmPerDay * driving;
    }
    return unseen;
  }

  /** A day on which the person may have left, or let the only vehicle go, unseen. */
  void pass(double leaving, double going) {
    double leaves = attached * leaving;
    double goes = (attached - leaves) * going;
    gone += goes + left * going;
    left += leaves - left * going;
    attached -= leaves + goes;
  }

  /** No visit on a day, by the chance of one if attached and if left. */
  void stayAway(double ifAttached, double ifLeft) {
    update(1 - Math.min(1, ifAttached), 1 - Math.min(1, ifLeft), 1);
  }

  /**
   * A visit, which who let the vehicle go does not make.
   *
   * @param ifLeft how much rarer such visits are of who has left
   */
  void come(double ifLeft) {
    update(1, ifLeft, 0);
  }

  /**
   * A new vehicle from the group.
   *
   * @param ifAttached chance of that if attached
   * @param ifLeft chance if left
   * @param returning share of these who are attached again
   */
  void buyAgain(double ifAttached, double ifLeft, double returning) {
    unseen = null;
    double back = left * ifLeft * returning;
    left *= ifLeft * (1 - returning);
    attached = attached * ifAttached + back;
    update(1, 1, 0);
  }

  private void update(double ifAttached, double ifLeft, double ifGone) {
    attached *= ifAttached;
    left *= ifLeft;
    gone *= ifGone;
    double sum = attached + left + gone;
    if (sum > 0) {
      attached /= sum;
      left /= sum;
      gone /= sum;
    } else {
      attached = 1;
    }
  }
}
