package io.servicelake.jobs.io;

import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * A table as its log tells, without Spark.
 *
 * @param table layer and name
 * @param rows empty if older commits were cleaned away
 * @param committedAt empty if the newest commit was cleaned away
 */
public record TableState(
    String table, long version, OptionalLong rows, Optional<Instant> committedAt) {

  /** Every table of a lake, by layer and name. */
  public static List<TableState> all(LakeFiles files) {
    List<TableState> states = new ArrayList<>();
    for (Layer layer : Layer.values()) {
      for (String name : files.list(layer.id()).stream().sorted().toList()) {
        TableLog log = new TableLog(files, layer.id() + "/" + name);
        OptionalLong version = log.version();
        if (version.isPresent()) {
          OptionalLong at = log.committedAt(version.getAsLong());
          states.add(
              new TableState(
                  layer.id() + "." + name,
                  version.getAsLong(),
                  log.rows(),
                  at.isPresent()
                      ? Optional.of(Instant.ofEpochMilli(at.getAsLong()))
                      : Optional.empty()));
        }
      }
    }
    return states;
  }

  /** Schema of a table as its log tells; empty without a table or if older commits are gone. */
  public static Optional<StructType> schema(LakeFiles files, TableContract table) {
    return new TableLog(files, table.layer().id() + "/" + table.name())
        .schema()
        .map(json -> (StructType) DataType.fromJson(json));
  }
}
