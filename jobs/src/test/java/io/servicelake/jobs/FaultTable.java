package io.servicelake.jobs;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was tried and what was survived, by kind of fault, over all classes of one run. */
public final class FaultTable {
  private static final Map<String, int[]> KINDS = new LinkedHashMap<>();

  private FaultTable() {}

  /** Notes that a kind is tried. */
  public static void tried(String kind) {
    KINDS.computeIfAbsent(kind, key -> new int[2])[0]++;
  }

  /** Notes that so many tries of a kind were survived. */
  public static void survived(String kind, int tries) {
    KINDS.get(kind)[1] += tries;
  }

  /** Takes a try back that this machine does not allow. */
  public static void skipped(String kind) {
    KINDS.get(kind)[0]--;
  }

  /** Prints all kinds up to now. */
  public static void print() {
    System.out.printf("%n| fault | tries | survived |%n|---|---|---|%n");
    KINDS.forEach((kind, n) -> System.out.printf("| %s | %d | %d |%n", kind, n[0], n[1]));
  }
}
