package io.servicelake.jobs.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import com.google.crypto.tink.subtle.AesGcmJce;
import io.servicelake.contract.Field;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.vault.Secrets;
import io.servicelake.contract.vault.SubjectKeys;
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

  private final Lakehouse lake;
  private final MasterKey master;

  WriteBronze(Lakehouse lake, MasterKey master) {
    this.lake = lake;
    this.master = master;
  }

  /**
   * Writes the batch; returns the commit of bronze.
   *
   * @throws io.servicelake.jobs.CannotException if the lake was begun under another master key
   * @param rows by {@link ReadFiles#SCHEMA}; persisted, since they are gone through several times
   * @param txn names a commit of the batch
   */
  Commit write(Dataset<Row> rows, Function<String, Txn> txn) {
    requireTheLakesKey();
    keepSecrets(rows, txn);
    return lake.append(
        SourceRows.TABLE, rows.select(columns(SourceRows.TABLE.fields())), txn.apply(BRONZE));
  }

  private void requireTheLakesKey() {
    LakeKey.require(
        lake.files(),
        master,
        "take in rows",
        "Under another key every person would be somebody new.");
    if (LakeKey.fingerprint(lake.files()).isEmpty()) {
      LakeKey.begin(lake.files(), master);
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
