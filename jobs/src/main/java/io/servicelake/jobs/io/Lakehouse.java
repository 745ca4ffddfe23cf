package io.servicelake.jobs.io;

import io.servicelake.contract.TableContract;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Tables by contract. Every write checks the contract, orders the columns by it and is idempotent
 * by its {@link Txn}. One process writes at a time (see RunLock).
 */
public interface Lakehouse {
  /** Column of {@link #changes} that tells an insert, a delete and the two images of an update. */
  String CHANGE_TYPE = "_change_type";

  /** The session in which tables are read and written. */
  SparkSession session();

  /** The same lake in a session of its own: commits named through session settings cannot mix. */
  Lakehouse newSession();

  /** Files of the lake that are no tables: progress, lock, logs, models. */
  LakeFiles files();

  /** The newest version of a table; no rows if it was never written. */
  Dataset<Row> read(TableContract table);

  /** The table as it was at a version; no rows for a version below 0. */
  Dataset<Row> readAt(TableContract table, long version);

  /** Number of the newest version; empty if the table was never written. */
  OptionalLong version(TableContract table);

  /**
   * Tells a version from those of the same number in other lakes, or of this one before a restore:
   * the same text means the same rows.
   */
  String contentId(TableContract table, long version);

  /**
   * Rows in the newest version as the commits counted them; empty if the table was never written or
   * its log no longer tells.
   */
  OptionalLong rows(TableContract table);

  /**
   * Row changes of the versions after {@code from} up to and including {@code to}: the table's
   * columns and {@link #CHANGE_TYPE}. Where a write rewrote the table, rows that stayed as they
   * were stand there as removed and added again.
   */
  Dataset<Row> changes(TableContract table, long from, long to);

  /** Row changes after a version up to the newest. */
  default Dataset<Row> changesSince(TableContract table, long fromVersion) {
    return changes(table, fromVersion, version(table).orElse(fromVersion));
  }

  /** Adds rows. */
  Commit append(TableContract table, Dataset<Row> rows, Txn txn);

  /** Makes the table hold exactly these rows; writes nothing if it does already. */
  Commit replace(TableContract table, Dataset<Row> rows, Txn txn);

  /** Adds rows of new keys and changes those of known keys; writes nothing if none differs. */
  Commit merge(TableContract table, Dataset<Row> rows, Txn txn);

  /**
   * Makes the table hold exactly these rows for the touched keys: what it holds of them and is not
   * among the rows is removed. Writes nothing if none differs.
   *
   * @param rows all rows of the touched keys
   * @param touched distinct values of some of the table's columns, under their names
   */
  Commit merge(TableContract table, Dataset<Row> rows, Dataset<Row> touched, Txn txn);

  /** Adds the rows whose key the table does not hold yet; known rows stay as they are. */
  Commit insertNew(TableContract table, Dataset<Row> rows, Txn txn);
}
