package io.servicelake.jobs.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.AllTables;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.score.ModelCards;
import io.servicelake.contract.silver.Rejects;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LineageTest {
  @Test
  void everyTableFromSilverToServingLeadsBackToSourceRows() {
    List<TableContract> tables =
        AllTables.ALL.stream()
            .filter(table -> EnumSet.range(Layer.SILVER, Layer.SERVING).contains(table.layer()))
            // What is said of a model or of a table as a whole comes from no rows of a key.
            .filter(
                table ->
                    !Set.of(
                            "score.model_cards",
                            "decision.campaign_cards",
                            "serving.model_cards",
                            "serving.expectation_results")
                        .contains(table.id()))
            .toList();
    assertThat(tables).hasSizeGreaterThan(30).doesNotContain(ModelCards.TABLE);
    assertThat(
            tables.stream()
                .filter(table -> !reaches(table, new HashSet<>()))
                .map(TableContract::id)
                .toList())
        .isEmpty();
  }

  private static boolean reaches(TableContract table, Set<TableContract> seen) {
    if (table.fields().contains(Versioned.BRONZE_ID)
        || table.equals(Rejects.TABLE)
        || CellParts.isOfKeyFigures(table)) {
      return true;
    }
    return seen.add(table)
        && Lineage.of(table).stream()
            // Every row has a dealer; it says nothing of the rest.
            .filter(link -> !link.parent().name().equals("dealers"))
            .anyMatch(link -> reaches(link.parent(), seen));
  }
}
