package io.servicelake.contract.expect;

import io.servicelake.contract.TableContract;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every expectation, by table in the order data flows. */
public final class AllExpectations {
  public static final List<Expectation> ALL =
      Stream.concat(SilverExpectations.ALL.stream(), GoldExpectations.ALL.stream()).toList();

  private AllExpectations() {}

  /** Expectations by table, in order. */
  public static Map<TableContract, List<Expectation>> byTable() {
    Map<TableContract, List<Expectation>> byTable = new LinkedHashMap<>();
    for (Expectation expectation : ALL) {
      byTable.computeIfAbsent(expectation.table(), table -> new ArrayList<>()).add(expectation);
    }
    return byTable;
  }
}
