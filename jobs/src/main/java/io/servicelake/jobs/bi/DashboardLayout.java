package io.servicelake.jobs.bi;

import io.servicelake.contract.Field;
import io.servicelake.contract.serving.DealerMonths;
import io.servicelake.jobs.bi.Dashboard.Row;
import io.servicelake.jobs.bi.Dashboard.Tile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a dashboard's charts stand and what filters them, in Superset's words. */
final class DashboardLayout {
  private DashboardLayout() {}

  static String title(Dashboard dashboard) {
    return dashboard.title().en() + " / " + dashboard.title().zh();
  }

  static Map<String, Object> position(Dashboard dashboard) {
    Map<String, Object> position = new LinkedHashMap<>();
    position.put("DASHBOARD_VERSION_KEY", "v2");
    List<String> grid = new ArrayList<>();
    Map<String, Object> nodes = new LinkedHashMap<>();
    List<String> onGrid = List.of("ROOT_ID", "GRID_ID");
    int rowNo = 0;
    int chartNo = 0;
    for (Row row : dashboard.rows()) {
      rowNo++;
      String headingId = "HEADER-" + rowNo;
      grid.add(headingId);
      nodes.put(
          headingId,
          node(
              "HEADER",
              headingId,
              List.of(),
              onGrid,
              Yamls.ordered(
                  "text", row.heading().both(),
                  "headerSize", "MEDIUM_HEADER",
                  "background", "BACKGROUND_TRANSPARENT")));
      String rowId = "ROW-" + rowNo;
      grid.add(rowId);
      List<String> chartIds = new ArrayList<>();
      Map<String, Object> charts = new LinkedHashMap<>();
      List<String> inRow = List.of("ROOT_ID", "GRID_ID", rowId);
      for (Tile tile : row.tiles()) {
        chartNo++;
        String nodeId = "CHART-" + tile.chart().name();
        chartIds.add(nodeId);
        charts.put(
            nodeId,
            node(
                "CHART",
                nodeId,
                List.of(),
                inRow,
                Yamls.ordered(
                    "chartId", chartNo,
                    "uuid", StableIds.of(tile.chart()),
                    "sliceName", tile.chart().title().both(),
                    "width", tile.width(),
                    "height", row.height())));
      }
      nodes.put(
          rowId,
          node("ROW", rowId, chartIds, onGrid, Map.of("background", "BACKGROUND_TRANSPARENT")));
      nodes.putAll(charts);
    }
    position.put(
        "ROOT_ID", Yamls.ordered("type", "ROOT", "id", "ROOT_ID", "children", List.of("GRID_ID")));
    position.put("GRID_ID", node("GRID", "GRID_ID", grid, List.of("ROOT_ID"), Map.of()));
    position.put(
        "HEADER_ID",
        Yamls.ordered(
            "type", "HEADER", "id", "HEADER_ID", "meta", Map.of("text", title(dashboard))));
    position.putAll(nodes);
    return position;
  }

  private static Map<String, Object> node(
      String type, String id, List<String> children, List<String> parents, Object meta) {
    return Yamls.ordered(
        "type", type, "id", id, "children", children, "parents", parents, "meta", meta);
  }

  /** Colours, filters and how they are shown. */
  static Map<String, Object> metadata(Dashboard dashboard) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("color_scheme", SupersetBundle.COLOR_SCHEME);
    metadata.put("label_colors", dashboard.labelColors());
    metadata.put("cross_filters_enabled", true);
    metadata.put("filter_bar_orientation", "HORIZONTAL");
    metadata.put("refresh_frequency", 0);
    metadata.put("native_filter_configuration", filters(dashboard));
    return metadata;
  }

  private static List<Object> filters(Dashboard dashboard) {
    List<BoardChart> charts = dashboard.charts();
    List<Object> timeless = new ArrayList<>();
    for (int i = 0; i < charts.size(); i++) {
      if (charts.get(i).dataset().time().isEmpty()) {
        timeless.add(i + 1);
      }
    }
    BoardDataset choices =
        charts.stream()
            .map(BoardChart::dataset)
            .filter(dataset -> dataset.table().equals(DealerMonths.TABLE))
            .findFirst()
            .orElseThrow();
    return List.of(
        timeFilter(timeless),
        selectFilter(DealerMonths.REGION, choices),
        selectFilter(DealerMonths.BRAND, choices),
        selectFilter(DealerMonths.DEALER_ID, choices));
  }

  private static Map<String, Object> timeFilter(List<Object> excluded) {
    return Yamls.ordered(
        "id",
        "NATIVE_FILTER-time",
        "name",
        "Time 时间",
        "description",
        "Lists of the as-of day are not bound by it.",
        "filterType",
        "filter_time",
        "type",
        "NATIVE_FILTER",
        "targets",
        List.of(Map.of()),
        "defaultDataMask",
        Yamls.ordered("extraFormData", Map.of(), "filterState", Map.of()),
        "cascadeParentIds",
        List.of(),
        "controlValues",
        Map.of(),
        "scope",
        Yamls.ordered("rootPath", List.of("ROOT_ID"), "excluded", excluded));
  }

  private static Map<String, Object> selectFilter(Field column, BoardDataset choices) {
    return Yamls.ordered(
        "id", "NATIVE_FILTER-" + column.name(),
        "name", Labels.of(column).both(),
        "description", "",
        "filterType", "filter_select",
        "type", "NATIVE_FILTER",
        "targets",
            List.of(
                Yamls.ordered(
                    "datasetUuid", StableIds.of(choices), "column", Map.of("name", column.name()))),
        "defaultDataMask", Yamls.ordered("extraFormData", Map.of(), "filterState", Map.of()),
        "cascadeParentIds", List.of(),
        "controlValues",
            Yamls.ordered(
                "multiSelect", true,
                "enableEmptyFilter", false,
                "defaultToFirstItem", false,
                "inverseSelection", false,
                "searchAllOptions", false),
        "scope", Yamls.ordered("rootPath", List.of("ROOT_ID"), "excluded", List.of()));
  }
}
