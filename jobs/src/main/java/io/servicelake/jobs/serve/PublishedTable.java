package io.servicelake.jobs.serve;

import io.servicelake.contract.Field;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table as it shall be published.
 *
 * @param rows the table's content, with the contract's columns in any order
 * @param contentVersion says when the content changed, see {@code Lakehouse.contentId}: the same
 *     text means the same rows
 * @param indexes columns of further indexes; the key has one already
 */
public record PublishedTable(
    TableContract contract, Dataset<Row> rows, String contentVersion, List<List<String>> indexes) {
  private static final Set<Layer> LAYERS = Set.of(Layer.SERVING, Layer.SERVING_CONTACT);

  public PublishedTable {
    indexes = indexes.stream().map(List::copyOf).toList();
    if (!LAYERS.contains(contract.layer())) {
      throw new IllegalArgumentException(
          "Cannot publish %s: it is of layer %s. Only layers serving and serving_contact are published. Publish a table of those."
              .formatted(contract.id(), contract.layer().id()));
    }
    for (List<String> index : indexes) {
      for (String column : index) {
        if (contract.field(column).isEmpty()) {
          throw new IllegalArgumentException(
              "Cannot index %s by %s: the contract has no such column. It has %s. Correct the index."
                  .formatted(contract.id(), column, String.join(", ", contract.fieldNames())));
        }
      }
    }
  }

  /** A table without further indexes. */
  public static PublishedTable of(
      TableContract contract, Dataset<Row> rows, String contentVersion) {
    return new PublishedTable(contract, rows, contentVersion, List.of());
  }

  /** The same table with one more index. */
  public PublishedTable indexedBy(Field... columns) {
    List<List<String>> more = new ArrayList<>(indexes);
    more.add(List.of(columns).stream().map(Field::name).toList());
    return new PublishedTable(contract, rows, contentVersion, more);
  }
}
