package io.servicelake.jobs.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import com.google.crypto.tink.subtle.AesGcmJce;
import io.servicelake.contract.Field;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.vault.Secrets;
import io.servicelake.contract.vault.SubjectKeys;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.io.Commit;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;

/**
 * Writes a batch of redacted rows: keys of new subjects and their values to the vault, then the
 * rows to bronze. Done over under the same names, nothing is written twice.
 */
final class WriteBronze {
  /** Name of the commit that holds the rows. */
  static final String BRONZE = "bronze";

  private static final String KEY = "_progress/ingest/key-fingerprint";

  private final Lakehouse lake;
  private final MasterKey master;

  WriteBronze(Lakehouse lake, MasterKey master) {
    this.lake = lake;
    this.master = master;
  }

  /**
   * Writes the batch; returns the commit of bronze.
   *
   * @throws CannotException if the lake was begun under another master key
   * @param rows by {@link ReadFiles#SCHEMA}; persisted, since they are gone through several times
   * @param txn names a commit of the batch
   */
  Commit write(Dataset<Row> rows, Function<String, Txn> txn) {
    requireTheLakesKey();
    keepSecrets(rows, txn);
    return lake.append(
        SourceRows.TABLE, rows.select(columns(SourceRows.TABLE.fields())), txn.apply(BRONZE));
  }

  /** Under another key every person would begin anew, beside what the lake holds of them. */
  private void requireTheLakesKey() {
    String given = master.fingerprint();
    String first = lake.files().read(KEY).map(String::strip).orElse(null);
    if (first == null) {
      lake.files().write(KEY, given + "\n");
    } else if (!first.equals(given)) {
      throw new CannotException(
          "Cannot take in rows: the master key given has the fingerprint %s, the lake was begun under %s. Under another key every person would be somebody new. Give the key the lake was begun under (%s or the key file)."
              .formatted(given, first, MasterKey.VARIABLE));
    }
  }

  private void keepSecrets(Dataset<Row> rows, Function<String, Txn> txn) {
    Dataset<Row> secrets =
        rows.select(explode(col(ReadFiles.SECRETS)).as("s"))
            .select("s.*")
            .dropDuplicates(
                SubjectKeys.SUBJECT_ID.name(), Secrets.KIND.name(), Secrets.TOKEN.name());
    boolean isFirst = lake.version(Secrets.TABLE).isEmpty();
    Dataset<Row> fresh =
        (isFirst
                ? secrets
                : secrets.join(
                    lake.read(Secrets.TABLE).select(columns(Secrets.TABLE.key())),
                    names(Secrets.TABLE.key()),
                    "left_anti"))
            .persist(StorageLevel.MEMORY_AND_DISK_SER());
    try {
      if (fresh.isEmpty()) {
        return;
      }
      MasterKey key = master;
      Dataset<Row> newKeys =
          fresh
              .select(SubjectKeys.SUBJECT_ID.col())
              .distinct()
              .join(
                  lake.read(SubjectKeys.TABLE).select(SubjectKeys.SUBJECT_ID.col()),
                  names(SubjectKeys.TABLE.key()),
                  "left_anti")
              .mapPartitions(
                  (MapPartitionsFunction<Row, Row>) subjects -> newKeys(subjects, key),
                  Encoders.row(SubjectKeys.TABLE.schema()));
      lake.insertNew(SubjectKeys.TABLE, newKeys, txn.apply("vault keys"));
      Dataset<Row> encrypted =
          fresh
              .join(lake.read(SubjectKeys.TABLE), SubjectKeys.SUBJECT_ID.name())
              .select(
                  SubjectKeys.SUBJECT_ID.col(),
                  Secrets.KIND.col(),
                  Secrets.TOKEN.col(),
                  col(ReadFiles.SEALED),
                  SubjectKeys.WRAPPED_KEY.col())
              .mapPartitions(
                  (MapPartitionsFunction<Row, Row>) values -> encrypted(values, key),
                  Encoders.row(Secrets.TABLE.schema()));
      lake.append(Secrets.TABLE, encrypted, txn.apply("vault secrets"));
    } finally {
      fresh.unpersist();
    }
  }

  private static Iterator<Row> newKeys(Iterator<Row> subjects, MasterKey master) {
    SubjectCipher cipher = new SubjectCipher(master);
    return mapped(
        subjects, row -> RowFactory.create(row.getString(0), cipher.newKey(row.getString(0))));
  }

  private static Iterator<Row> encrypted(Iterator<Row> values, MasterKey master) {
    SubjectCipher cipher = new SubjectCipher(master);
    AesGcmJce sealing = master.sealing();
    return mapped(
        values,
        row -> {
          String subject = row.getString(0);
          String kind = row.getString(1);
          String token = row.getString(2);
          try {
            String value =
                new String(
                    sealing.decrypt(row.<byte[]>getAs(3), token.getBytes(StandardCharsets.UTF_8)),
                    StandardCharsets.UTF_8);
            return RowFactory.create(
                subject,
                kind,
                token,
                cipher.encrypt(subject, row.getString(4), kind, token, value));
          } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a value of kind " + kind + " was altered", e);
          }
        });
  }

  private static Iterator<Row> mapped(Iterator<Row> rows, Function<Row, Row> function) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return function.apply(rows.next());
      }
    };
  }

  private static Column[] columns(List<Field> fields) {
    return fields.stream().map(Field::col).toArray(Column[]::new);
  }

  private static String[] names(List<Field> fields) {
    return fields.stream().map(Field::name).toArray(String[]::new);
  }
}
