package io.servicelake.jobs.simulate;

import java.util.ArrayList;
import java.util.List;

/** A dealer of the group, its staff and its hidden ways of working. */
final class Dealer {
  final int index;
  final String code;
  final String name;
  final String brand;
  final String region;
  final String city;
  final String plateHead;
  final int openedDay;
  final int bays;
  final List<StaffMember> staff = new ArrayList<>();

  /** Hidden: tightness of promises, share of calls made, hours until the call, speed of answers. */
  double slack;

  double callsMade;
  int callAfterHours;
  double complaintSpeed;
  double hourlyYuan;

  /** Another dealer of the region its customers may go to; null for none. */
  Dealer neighbour;

  Dealer(
      int index,
      String code,
      String name,
      String brand,
      String region,
      String city,
      String plateHead,
      int openedDay,
      int bays) {
    this.index = index;
    this.code = code;
    this.name = name;
    this.brand = brand;
    this.region = region;
    this.city = city;
    this.plateHead = plateHead;
    this.openedDay = openedDay;
    this.bays = bays;
  }

  /** One of the role at work on the day; weight by how a hard job prefers high levels. */
  StaffMember assign(StaffMember.Role role, int day, double hardness, Draws draws) {
    double total = 0;
    for (StaffMember member : staff) {
      total += member.weight(role, day, hardness);
    }
    double mark = draws.uniform() * total;
    StaffMember last = null;
    for (StaffMember member : staff) {
      double weight = member.weight(role, day, hardness);
      if (weight > 0) {
        last = member;
        mark -= weight;
        if (mark < 0) {
          return member;
        }
      }
    }
    return last;
  }
}
