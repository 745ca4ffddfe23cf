package io.servicelake.jobs.quality;

import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.expect.AllExpectations;
import io.servicelake.contract.expect.Expectation;
import io.servicelake.jobs.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Puts checks of expectations into a flow. */
public final class QualitySteps {
  private QualitySteps() {}

  /**
   * The flow with a check after the last step that writes a table and those it is held against;
   * steps that read the table wait for its check. The books of ops do not wait: they tell of what
   * stopped.
   */
  public static List<Step> guarded(List<Step> flow) {
    return guarded(flow, AllExpectations.byTable());
  }

  static List<Step> guarded(List<Step> flow, Map<TableContract, List<Expectation>> expectations) {
    Map<Integer, List<Step>> checksAfter = new TreeMap<>();
    List<String> names = new ArrayList<>();
    List<TableContract> tables = List.copyOf(expectations.keySet());
    expectations.forEach(
        (table, expected) -> {
          if (lastWriter(flow, table) < 0) {
            return;
          }
          Step check = CheckTable.step(table, expected, tables);
          int last =
              check.inputs().stream().mapToInt(input -> lastWriter(flow, input)).max().orElse(-1);
          checksAfter.computeIfAbsent(last, i -> new ArrayList<>()).add(check);
          names.add(check.name());
          for (int i = last + 1; i < flow.size(); i++) {
            Step later = flow.get(i);
            if (later.inputs().contains(table) && !isBook(later)) {
              later.after(check.name());
            }
          }
        });
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < flow.size(); i++) {
      steps.add(flow.get(i));
      steps.addAll(checksAfter.getOrDefault(i, List.of()));
    }
    steps.add(GatherResults.step(names, tables));
    return steps;
  }

  private static boolean isBook(Step step) {
    Set<TableContract> outputs = new HashSet<>(step.outputs());
    return outputs.stream().anyMatch(table -> table.layer() == Layer.OPS);
  }

  private static int lastWriter(List<Step> flow, TableContract table) {
    int last = -1;
    for (int i = 0; i < flow.size(); i++) {
      if (flow.get(i).outputs().contains(table)) {
        last = i;
      }
    }
    return last;
  }
}
