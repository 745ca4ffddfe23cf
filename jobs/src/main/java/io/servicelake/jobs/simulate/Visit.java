package io.servicelake.jobs.simulate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A repair order with its lines and hidden quality. Times are local seconds since 1970. */
final class Visit {
  final Person person;
  final Dealer dealer;
  final Ownership ownership;
  long appointmentAt = Dates.NEVER;
  long receivedAt;
  long promisedAt;
  long completedAt;
  long deliveredAt;
  int km;
  boolean kmRead = true;
  Component concern;
  String words = "";
  boolean cancelled;
  long quoteFen;
  StaffMember advisor;
  final List<Line> lines = new ArrayList<>();

  /** Who repaired which component, and whether it was done well. */
  final Map<Component, StaffMember> repairedBy = new EnumMap<>(Component.class);

  final Map<Component, Boolean> cameBack = new EnumMap<>(Component.class);
  boolean isMaintenance;
  boolean isAccident;
  boolean isComeback;
  boolean isRude;

  /** Hidden: what the customer made of it, 0 is neutral. */
  double mood;

  /** Given when the group's orders are numbered. */
  String number = "";

  Visit(Person person, Dealer dealer, Ownership ownership) {
    this.person = person;
    this.dealer = dealer;
    this.ownership = ownership;
  }

  double hoursLate() {
    return Math.max(0, (deliveredAt - promisedAt) / 3600.0);
  }

  boolean isOpenAt(long endSecond) {
    return deliveredAt > endSecond;
  }

  long customerPayFen() {
    long sum = 0;
    for (Line line : lines) {
      sum += line.pay.equals(Line.PAY_CUSTOMER) ? line.netFen : 0;
    }
    return sum;
  }

  long netFen() {
    long sum = 0;
    for (Line line : lines) {
      sum += line.netFen;
    }
    return sum;
  }
}
