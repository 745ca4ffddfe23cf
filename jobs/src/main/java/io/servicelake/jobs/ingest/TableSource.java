package io.servicelake.jobs.ingest;

import java.io.Serializable;
import java.util.List;

/**
 * A table of a database as a source. User and password are not in it: it names the variables of the
 * environment that hold them.
 *
 * @param url JDBC URL, without user and password
 * @param userVariable variable with the user; empty for none
 * @param passwordVariable variable with the password; empty for none
 * @param table name of the table; empty if a query is given
 * @param query statement that gives the rows; empty if a table is given
 * @param watermark column that grows with every change of a row
 * @param key columns that settle the order of rows with one watermark
 * @param fetchSize rows the driver takes at a time
 * @param sliceRows rows of a batch; those with one watermark stay together
 */
record TableSource(
    String url,
    String userVariable,
    String passwordVariable,
    String table,
    String query,
    String watermark,
    List<String> key,
    int fetchSize,
    int sliceRows)
    implements Serializable {

  /** What stands for the file in bronze. */
  String name(String sourceId) {
    return "jdbc:" + (table.isEmpty() ? sourceId : table);
  }

  /** Hash of what is read: if it changes, reading begins anew. */
  String fingerprint() {
    return Hashes.sha256(String.join("\u001F", url, table, query, watermark));
  }
}
