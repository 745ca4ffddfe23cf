package io.servicelake.jobs.bi;

import io.servicelake.jobs.bi.Dashboard.Row;
import io.servicelake.jobs.bi.Dashboard.Tab;
import io.servicelake.jobs.bi.Dashboard.Tile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where a dashboard's charts stand, in Superset's words: a tree of nodes by id. */
final class DashboardLayout {
  private static final String ROOT = "ROOT_ID";
  private static final String GRID = "GRID_ID";
  private static final String TABS = "TABS-1";
  private static final int NOTE_HEIGHT = 12;
  private static final Map<String, Object> PLAIN = Map.of("background", "BACKGROUND_TRANSPARENT");

  private final Map<String, Object> nodes = new LinkedHashMap<>();
  private int rowNo;
  private int chartNo;

  private DashboardLayout() {}

  static String title(Dashboard dashboard) {
    return dashboard.title().en() + " / " + dashboard.title().zh();
  }

  /** The nodes: rows on the grid, or in tabs if there are several. */
  static Map<String, Object> position(Dashboard dashboard) {
    DashboardLayout layout = new DashboardLayout();
    boolean hasTabs = dashboard.tabs().size() > 1;
    List<String> onGrid =
        hasTabs
            ? layout.tabs(dashboard.tabs())
            : layout.rows(dashboard.tabs().get(0), List.of(ROOT, GRID));
    Map<String, Object> position = new LinkedHashMap<>();
    position.put("DASHBOARD_VERSION_KEY", "v2");
    position.put(
        ROOT,
        Yamls.ordered("type", "ROOT", "id", ROOT, "children", List.of(hasTabs ? TABS : GRID)));
    position.put(GRID, node("GRID", GRID, onGrid, List.of(ROOT), Map.of()));
    position.put(
        "HEADER_ID",
        Yamls.ordered(
            "type", "HEADER", "id", "HEADER_ID", "meta", Map.of("text", title(dashboard))));
    position.putAll(layout.nodes);
    return position;
  }

  /** Adds the tabs; nothing is left for the grid. */
  private List<String> tabs(List<Tab> tabs) {
    List<String> ids = new ArrayList<>();
    Map<String, Object> below = new LinkedHashMap<>();
    for (Tab tab : tabs) {
      String id = "TAB-" + (ids.size() + 1);
      ids.add(id);
      List<String> rows = rows(tab, List.of(ROOT, TABS, id));
      below.put(id, node("TAB", id, rows, List.of(ROOT, TABS), Map.of("text", tab.title().both())));
    }
    nodes.put(TABS, node("TABS", TABS, ids, List.of(ROOT), Map.of()));
    nodes.putAll(below);
    return List.of();
  }

  /** Adds the tab's note and rows below the last of the parents; returns the ids to hang there. */
  private List<String> rows(Tab tab, List<String> parents) {
    List<String> ids = new ArrayList<>();
    tab.note().ifPresent(note -> ids.add(note(note, parents)));
    for (Row row : tab.rows()) {
      rowNo++;
      String heading = "HEADER-" + rowNo;
      ids.add(heading);
      nodes.put(
          heading,
          node(
              "HEADER",
              heading,
              List.of(),
              parents,
              Yamls.ordered(
                  "text", row.heading().both(),
                  "headerSize", "MEDIUM_HEADER",
                  "background", "BACKGROUND_TRANSPARENT")));
      ids.add(charts(row, parents));
    }
    return ids;
  }

  private String charts(Row row, List<String> parents) {
    String id = "ROW-" + rowNo;
    List<String> inRow = with(parents, id);
    List<String> ids = new ArrayList<>();
    Map<String, Object> charts = new LinkedHashMap<>();
    for (Tile tile : row.tiles()) {
      chartNo++;
      String chart = "CHART-" + tile.chart().name();
      ids.add(chart);
      charts.put(
          chart,
          node(
              "CHART",
              chart,
              List.of(),
              inRow,
              Yamls.ordered(
                  "chartId", chartNo,
                  "uuid", StableIds.of(tile.chart()),
                  "sliceName", tile.chart().title().both(),
                  "width", tile.width(),
                  "height", row.height())));
    }
    nodes.put(id, node("ROW", id, ids, parents, PLAIN));
    nodes.putAll(charts);
    return id;
  }

  private String note(Labels note, List<String> parents) {
    int no = rowNo + 1;
    String row = "ROW-NOTE-" + no;
    String text = "MARKDOWN-" + no;
    nodes.put(row, node("ROW", row, List.of(text), parents, PLAIN));
    nodes.put(
        text,
        node(
            "MARKDOWN",
            text,
            List.of(),
            with(parents, row),
            Yamls.ordered(
                "code", note.en() + "\n\n" + note.zh(), "width", 12, "height", NOTE_HEIGHT)));
    return row;
  }

  private static List<String> with(List<String> parents, String id) {
    return Stream.concat(parents.stream(), Stream.of(id)).toList();
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
    metadata.put("label_colors", colors(dashboard));
    metadata.put("cross_filters_enabled", true);
    metadata.put("filter_bar_orientation", "HORIZONTAL");
    metadata.put("refresh_frequency", 0);
    metadata.put("native_filter_configuration", DashboardFilters.of(dashboard));
    return metadata;
  }

  /**
   * Colours by name. A figure that bears the label of a column of its table goes by the column's
   * name, too: Superset tells them apart by what people read.
   */
  private static Map<String, String> colors(Dashboard dashboard) {
    Map<String, String> colors = new LinkedHashMap<>(dashboard.labelColors());
    for (BoardDataset dataset : dashboard.datasets()) {
      dashboard
          .labelColors()
          .forEach(
              (name, color) ->
                  dataset
                      .metric(name)
                      .ifPresent(
                          metric ->
                              dataset.table().fields().stream()
                                  .filter(field -> Labels.of(field).equals(metric.labels()))
                                  .forEach(field -> colors.put(field.name(), color))));
    }
    return colors;
  }
}
