package io.servicelake.jobs.bi;

import io.servicelake.contract.Field;
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
import java.util.stream.Stream;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.TimestampType;

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
    return List.of(AfterSalesBoard.DASHBOARD, CustomersBoard.DASHBOARD);
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
    files.put(METADATA, Yamls.of(metadata()));
    files.put("databases/%s.yaml".formatted(DATABASE), Yamls.of(database()));
    for (Dashboard dashboard : dashboards()) {
      for (BoardDataset dataset : dashboard.datasets()) {
        files.put(
            "datasets/%s/%s.yaml".formatted(DATABASE, dataset.table().name()),
            Yamls.of(dataset(dataset)));
      }
      for (BoardChart chart : dashboard.charts()) {
        files.put("charts/%s.yaml".formatted(chart.name()), Yamls.of(chart(chart)));
      }
      files.put("dashboards/%s.yaml".formatted(dashboard.slug()), Yamls.of(dashboard(dashboard)));
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
    database.put("uuid", StableIds.ofDatabase(DATABASE));
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
    yaml.put("uuid", StableIds.of(dataset));
    yaml.put("database_uuid", StableIds.ofDatabase(DATABASE));
    yaml.put("version", VERSION);
    yaml.put("main_dttm_col", dataset.time().map(Field::name).orElse(null));
    yaml.put("is_managed_externally", true);
    yaml.put("filter_select_enabled", true);
    yaml.put(
        "extra",
        Map.of(
            "certification",
            Yamls.ordered("certified_by", "Servicelake", "details", dataset.table().grain())));
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
            code ->
                yaml.put("currency", Yamls.ordered("symbol", code, "symbolPosition", "prefix")));
    return yaml;
  }

  private static Map<String, Object> chart(BoardChart chart) {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("slice_name", chart.title().both());
    yaml.put("description", chart.meaning());
    yaml.put("viz_type", chart.vizType());
    yaml.put("uuid", StableIds.of(chart));
    yaml.put("dataset_uuid", StableIds.of(chart.dataset()));
    yaml.put("version", VERSION);
    yaml.put("is_managed_externally", true);
    yaml.put("params", chart.params());
    return yaml;
  }

  private static Map<String, Object> dashboard(Dashboard dashboard) {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("dashboard_title", DashboardLayout.title(dashboard));
    yaml.put("description", dashboard.meaning());
    yaml.put("slug", dashboard.slug());
    yaml.put("uuid", StableIds.of(dashboard));
    yaml.put("version", VERSION);
    yaml.put("published", true);
    yaml.put("is_managed_externally", true);
    yaml.put("position", DashboardLayout.position(dashboard));
    yaml.put("metadata", DashboardLayout.metadata(dashboard));
    return yaml;
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
}
