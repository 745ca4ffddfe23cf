package io.servicelake.jobs.simulate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A person's or account's file at one dealer, with every saved state. */
final class CustomerFile {
  /** One saved state: what can change. */
  record State(long savedAt, String phone, String address, String tier) {}

  final Person person;
  final Dealer dealer;
  final long openedAt;
  final double distanceKm;
  final List<State> states = new ArrayList<>();

  /** Vehicles on the file and since when. */
  final Map<Ownership, Long> vehicles = new LinkedHashMap<>();

  /** Given when the group's files are numbered. */
  String number = "";

  int visits;

  CustomerFile(Person person, Dealer dealer, long openedAt, double distanceKm) {
    this.person = person;
    this.dealer = dealer;
    this.openedAt = openedAt;
    this.distanceKm = distanceKm;
  }
}
