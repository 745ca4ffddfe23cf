package io.servicelake.jobs.bi;

import io.servicelake.contract.Field;
import io.servicelake.contract.serving.DealerMonths;
import io.servicelake.jobs.bi.Dashboard.Row;
import io.servicelake.jobs.bi.Dashboard.Tile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.TimestampType;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The dashboards as Superset's assets: one database, a dataset per serving table in use, charts and
 * dashboards. Made from contracts and key figures alone, so the same code writes the same files.
 */
public final class SupersetBundle {
  static final String COLOR_SCHEME = "servicelake";
  static final String DATABASE = "servicelake";
  private static final String VERSION = "1.0.0";
  private static final String METADATA = "metadata.yaml";

  /** Replaced at import by the address of the database in use; the password never stands here. */
  private static final String DEFAULT_URI =
      "postgresql+psycopg2://bi_reader:XXXXXXXXXX@127.0.0.1:15432/servicelake";

  private SupersetBundle() {}

  /** The dashboards of the product. */
  static List<Dashboard> dashboards() {
    return List.of(AfterSalesBoard.DASHBOARD);
  }

  /** Slugs of the dashboards: the last part of their addresses. */
  public static List<String> slugs() {
    return dashboards().stream().map(Dashboard::slug).toList();
  }

  /** Makes the folder hold the bundle and no other YAML file. */
  public static void write(Path folder) throws IOException {
    Map<String, String> files = files();
    Set<String> stale = new TreeSet<>(read(folder).keySet());
    stale.removeAll(files.keySet());
    for (String name : stale) {
      Files.delete(folder.resolve(name));
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  /** The YAML files below the folder, by path; empty if there is no folder. */
  static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.filter(path -> path.toString().endsWith(".yaml")).toList();
    }
    for (Path path : paths) {
      files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
    }
    return files;
  }

  /** Contents by path. */
  static Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    files.put(METADATA, yaml(metadata()));
    files.put("databases/%s.yaml".formatted(DATABASE), yaml(database()));
    for (Dashboard dashboard : dashboards()) {
      for (BoardChart chart : dashboard.charts()) {
        BoardDataset dataset = chart.dataset();
        files.put(
            "datasets/%s/%s.yaml".formatted(DATABASE, dataset.table().name()),
            yaml(dataset(dataset)));
        files.put("charts/%s.yaml".formatted(chart.name()), yaml(chart(chart)));
      }
      files.put("dashboards/%s.yaml".formatted(dashboard.slug()), yaml(dashboard(dashboard)));
    }
    return files;
  }

  private static Map<String, Object> metadata() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("version", VERSION);
    metadata.put("type", "assets");
    metadata.put("timestamp", "2026-01-01T00:00:00+00:00");
    return metadata;
  }

  private static Map<String, Object> database() {
    Map<String, Object> database = new LinkedHashMap<>();
    database.put("database_name", "Servicelake");
    database.put("uuid", databaseId());
    database.put("version", VERSION);
    database.put("sqlalchemy_uri", DEFAULT_URI);
    database.put("expose_in_sqllab", false);
    database.put("allow_run_async", false);
    database.put("allow_ctas", false);
    database.put("allow_cvas", false);
    database.put("allow_dml", false);
    database.put("allow_csv_upload", false);
    database.put("is_managed_externally", true);
    database.put("extra", new LinkedHashMap<>(Map.of("allows_virtual_table_explore", false)));
    return database;
  }

  private static Map<String, Object> dataset(BoardDataset dataset) {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("table_name", dataset.table().name());
    yaml.put("schema", dataset.table().layer().id());
    yaml.put("description", description(dataset));
    yaml.put("uuid", datasetId(dataset));
    yaml.put("database_uuid", databaseId());
    yaml.put("version", VERSION);
    yaml.put("main_dttm_col", dataset.time().map(Field::name).orElse(null));
    yaml.put("is_managed_externally", true);
    yaml.put("filter_select_enabled", true);
    yaml.put(
        "extra",
        Map.of(
            "certification",
            ordered("certified_by", "Servicelake", "details", dataset.table().grain())));
    List<Object> columns = new ArrayList<>();
    dataset.table().fields().forEach(field -> columns.add(column(field)));
    dataset.derivedColumns().forEach(column -> columns.add(column(column)));
    yaml.put("columns", columns);
    yaml.put("metrics", dataset.metrics().stream().map(SupersetBundle::metric).toList());
    return yaml;
  }

  private static String description(BoardDataset dataset) {
    return "%s %s: %s. Owner: %s."
        .formatted(
            dataset.table().labelEn(),
            dataset.table().labelZh(),
            dataset.table().grain(),
            dataset.table().owner());
  }

  private static Map<String, Object> column(Field field) {
    Map<String, Object> column = new LinkedHashMap<>();
    column.put("column_name", field.name());
    column.put("type", sqlType(field.type()));
    column.put("is_dttm", isTime(field.type()));
    column.put("verbose_name", Labels.of(field).both());
    column.put("description", field.meaning());
    return column;
  }

  private static Map<String, Object> column(DerivedColumn derived) {
    Map<String, Object> column = new LinkedHashMap<>();
    column.put("column_name", derived.name());
    column.put("type", derived.type());
    column.put("is_dttm", false);
    column.put("verbose_name", derived.labels().both());
    column.put("description", derived.meaning());
    column.put("expression", derived.expression());
    return column;
  }

  private static Map<String, Object> metric(Metric metric) {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("metric_name", metric.name());
    yaml.put("expression", metric.expression());
    yaml.put("verbose_name", metric.labels().both());
    yaml.put("description", metric.meaning());
    yaml.put("d3format", metric.format());
    metric
        .currency()
        .ifPresent(
            code -> yaml.put("currency", ordered("symbol", code, "symbolPosition", "prefix")));
    return yaml;
  }

  private static Map<String, Object> chart(BoardChart chart) {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("slice_name", chart.title().both());
    yaml.put("description", chart.meaning());
    yaml.put("viz_type", chart.vizType());
    yaml.put("uuid", chartId(chart));
    yaml.put("dataset_uuid", datasetId(chart.dataset()));
    yaml.put("version", VERSION);
    yaml.put("is_managed_externally", true);
    yaml.put("params", chart.params());
    return yaml;
  }

  private static Map<String, Object> dashboard(Dashboard dashboard) {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("dashboard_title", title(dashboard));
    yaml.put("description", dashboard.meaning());
    yaml.put("slug", dashboard.slug());
    yaml.put("uuid", StableIds.of("dashboard", dashboard.slug()).toString());
    yaml.put("version", VERSION);
    yaml.put("published", true);
    yaml.put("is_managed_externally", true);
    yaml.put("position", position(dashboard));
    yaml.put("metadata", dashboardMetadata(dashboard));
    return yaml;
  }

  private static String title(Dashboard dashboard) {
    return dashboard.title().en() + " / " + dashboard.title().zh();
  }

  private static Map<String, Object> position(Dashboard dashboard) {
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
              ordered(
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
                ordered(
                    "chartId", chartNo,
                    "uuid", chartId(tile.chart()),
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
        "ROOT_ID", ordered("type", "ROOT", "id", "ROOT_ID", "children", List.of("GRID_ID")));
    position.put("GRID_ID", node("GRID", "GRID_ID", grid, List.of("ROOT_ID"), Map.of()));
    position.put(
        "HEADER_ID",
        ordered("type", "HEADER", "id", "HEADER_ID", "meta", Map.of("text", title(dashboard))));
    position.putAll(nodes);
    return position;
  }

  private static Map<String, Object> node(
      String type, String id, List<String> children, List<String> parents, Object meta) {
    return ordered("type", type, "id", id, "children", children, "parents", parents, "meta", meta);
  }

  private static Map<String, Object> dashboardMetadata(Dashboard dashboard) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("color_scheme", COLOR_SCHEME);
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
    return ordered(
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
        ordered("extraFormData", Map.of(), "filterState", Map.of()),
        "cascadeParentIds",
        List.of(),
        "controlValues",
        Map.of(),
        "scope",
        ordered("rootPath", List.of("ROOT_ID"), "excluded", excluded));
  }

  private static Map<String, Object> selectFilter(Field column, BoardDataset choices) {
    return ordered(
        "id", "NATIVE_FILTER-" + column.name(),
        "name", Labels.of(column).both(),
        "description", "",
        "filterType", "filter_select",
        "type", "NATIVE_FILTER",
        "targets",
            List.of(
                ordered(
                    "datasetUuid", datasetId(choices), "column", Map.of("name", column.name()))),
        "defaultDataMask", ordered("extraFormData", Map.of(), "filterState", Map.of()),
        "cascadeParentIds", List.of(),
        "controlValues",
            ordered(
                "multiSelect", true,
                "enableEmptyFilter", false,
                "defaultToFirstItem", false,
                "inverseSelection", false,
                "searchAllOptions", false),
        "scope", ordered("rootPath", List.of("ROOT_ID"), "excluded", List.of()));
  }

  private static String databaseId() {
    return StableIds.of("database", DATABASE).toString();
  }

  private static String datasetId(BoardDataset dataset) {
    return StableIds.of("dataset", dataset.table().id()).toString();
  }

  private static String chartId(BoardChart chart) {
    return StableIds.of("chart", chart.name()).toString();
  }

  private static boolean isTime(DataType type) {
    return type instanceof DateType || type instanceof TimestampType;
  }

  private static String sqlType(DataType type) {
    if (type instanceof IntegerType) {
      return "INTEGER";
    } else if (type instanceof LongType) {
      return "BIGINT";
    } else if (type instanceof DoubleType) {
      return "DOUBLE PRECISION";
    } else if (type instanceof DecimalType) {
      return "NUMERIC";
    } else if (type instanceof BooleanType) {
      return "BOOLEAN";
    } else if (type instanceof DateType) {
      return "DATE";
    } else if (type instanceof TimestampType) {
      return "TIMESTAMP WITH TIME ZONE";
    }
    return "TEXT";
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  private static String yaml(Map<String, Object> document) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setAllowUnicode(true);
    options.setLineBreak(DumperOptions.LineBreak.UNIX);
    options.setSplitLines(false);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setDereferenceAliases(true);
    return new Yaml(options).dump(sortedWhereUnordered(document));
  }

  /** {@code Map.of} has no order of its own: its keys are sorted. */
  private static Object sortedWhereUnordered(Object value) {
    if (value instanceof LinkedHashMap<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, entry) -> copy.put(key, sortedWhereUnordered(entry)));
      return copy;
    } else if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .collect(
              Collectors.toMap(
                  entry -> String.valueOf(entry.getKey()),
                  entry -> sortedWhereUnordered(entry.getValue()),
                  (first, second) -> first,
                  TreeMap::new));
    } else if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(entry -> copy.add(sortedWhereUnordered(entry)));
      return copy;
    }
    return value;
  }
}
