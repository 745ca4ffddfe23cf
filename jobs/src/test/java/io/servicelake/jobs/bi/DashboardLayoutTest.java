package io.servicelake.jobs.bi;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.contract.serving.BaseHealth;
import io.servicelake.jobs.bi.Dashboard.Row;
import io.servicelake.jobs.bi.Dashboard.Tab;
import io.servicelake.jobs.bi.Dashboard.Tile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DashboardLayoutTest {
  private static final Labels NAME = new Labels("Name", "名称");

  @Test
  void rowsOfOneTabStandOnTheGrid() {
    Map<String, Object> position = position(Tab.only(row("first"), row("second")));
    assertThat(children(position, "ROOT_ID")).containsExactly("GRID_ID");
    assertThat(children(position, "GRID_ID"))
        .containsExactly("HEADER-1", "ROW-1", "HEADER-2", "ROW-2");
    assertThat(position.keySet()).noneMatch(id -> id.startsWith("TAB"));
  }

  @Test
  void rowsOfSeveralTabsStandInTheirTab() {
    Map<String, Object> position =
        position(List.of(tab(row("first"), row("second")), tab(row("third"))));
    assertThat(children(position, "ROOT_ID")).containsExactly("TABS-1");
    assertThat(children(position, "GRID_ID")).isEmpty();
    assertThat(children(position, "TABS-1")).containsExactly("TAB-1", "TAB-2");
    assertThat(children(position, "TAB-1"))
        .containsExactly("HEADER-1", "ROW-1", "HEADER-2", "ROW-2");
    assertThat(children(position, "TAB-2")).containsExactly("HEADER-3", "ROW-3");
    assertThat(field(position, "CHART-third", "parents"))
        .isEqualTo(List.of("ROOT_ID", "TABS-1", "TAB-2", "ROW-3"));
  }

  @Test
  void noteStandsAboveTheRowsOfItsTabInBothLanguages() {
    Tab noted = new Tab(NAME, Optional.of(new Labels("How to read", "读法")), List.of(row("first")));
    Map<String, Object> position = position(List.of(noted, tab(row("second"))));
    assertThat(children(position, "TAB-1")).containsExactly("ROW-NOTE-1", "HEADER-1", "ROW-1");
    assertThat(field(position, "MARKDOWN-1", "meta").toString())
        .contains("How to read")
        .contains("读法");
  }

  @Test
  void everyNodeNamesItsParentsDownToTheOneThatHoldsIt() {
    for (Dashboard dashboard : SupersetBundle.dashboards()) {
      Map<String, Object> position = DashboardLayout.position(dashboard);
      position.forEach(
          (id, node) -> {
            if (node instanceof Map<?, ?> map && map.get("parents") instanceof List<?> parents) {
              String holder = String.valueOf(parents.get(parents.size() - 1));
              boolean isUnused = id.equals("GRID_ID") && dashboard.tabs().size() > 1;
              assertThat(children(position, holder).contains(id))
                  .as(id + " in " + holder)
                  .isEqualTo(!isUnused);
            }
          });
    }
  }

  @Test
  void figureLabelledLikeAColumnIsColouredUnderBothNames() {
    BoardDataset health =
        new BoardDataset(
            BaseHealth.TABLE,
            Optional.empty(),
            List.of(),
            List.of(Metric.sum("lost", BaseHealth.LOST_COUNT)));
    Dashboard dashboard =
        new Dashboard("slug", NAME, "", health, Tab.only(), Map.of("lost", BoardColors.BAD));
    assertThat(DashboardLayout.metadata(dashboard).get("label_colors"))
        .isEqualTo(Map.of("lost", BoardColors.BAD, BaseHealth.LOST_COUNT.name(), BoardColors.BAD));
  }

  private static Tab tab(Row... rows) {
    return new Tab(NAME, Optional.empty(), List.of(rows));
  }

  private static Row row(String chart) {
    return new Row(
        NAME,
        40,
        List.of(
            new Tile(
                new BoardChart(chart, NAME, "", DealerMonthsData.DATASET, Viz.Kind.TABLE, Map.of()),
                12)));
  }

  private static Map<String, Object> position(List<Tab> tabs) {
    return DashboardLayout.position(
        new Dashboard("slug", NAME, "", DealerMonthsData.DATASET, tabs, Map.of()));
  }

  private static List<Object> children(Map<String, Object> position, String id) {
    return List.copyOf((List<?>) field(position, id, "children"));
  }

  private static Object field(Map<String, Object> position, String id, String field) {
    return ((Map<?, ?>) position.get(id)).get(field);
  }
}
