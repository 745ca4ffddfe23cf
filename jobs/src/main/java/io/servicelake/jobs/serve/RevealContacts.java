package io.servicelake.jobs.serve;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Versioned;
import io.servicelake.contract.serving.WinbackContacts;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.vault.Secrets;
import io.servicelake.contract.vault.SubjectKeys;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.ingest.LakeKey;
import io.servicelake.jobs.ingest.MasterKey;
import io.servicelake.jobs.ingest.SubjectCipher;
import io.servicelake.jobs.io.Lakehouse;
import java.security.GeneralSecurityException;
import java.util.Iterator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Names and phones of those on the win-back list who are still to be called, decrypted while they
 * are published. A person whose key was destroyed has neither.
 */
public final class RevealContacts {
  private static final String RECORD = "record_id";
  private static final String VALUE = "value";
  private static final StructType VALUES =
      new StructType()
          .add(RECORD, DataTypes.StringType, false)
          .add(Secrets.KIND.name(), DataTypes.StringType, false)
          .add(VALUE, DataTypes.StringType, true);

  private RevealContacts() {}

  /** Changes with every table the contacts are made from. */
  static String contentVersion(Lakehouse lake) {
    return Stream.of(
            WinbackList.TABLE, Customers.TABLE, CustomerIdentities.TABLE, SubjectKeys.TABLE)
        .map(table -> lake.contentId(table, lake.version(table).orElse(-1)))
        .collect(Collectors.joining("; "));
  }

  /**
   * Rows of serving_contact.winback_contacts.
   *
   * @throws CannotException if the vault is kept under another key
   */
  public static Dataset<Row> of(Lakehouse lake, MasterKey master) {
    LakeKey.require(
        lake.files(),
        master,
        "read names and phones",
        "What is kept under one key opens under no other.");
    Dataset<Row> list = lake.read(WinbackList.TABLE).where(WinbackList.isToCall()).alias("w");
    Dataset<Row> identities =
        lake.read(CustomerIdentities.TABLE)
            .select(
                CustomerIdentities.CUSTOMER_RECORD_ID.col(), CustomerIdentities.CUSTOMER_ID.col());
    Dataset<Row> files =
        Versioned.current(lake.read(Customers.TABLE))
            .join(identities, Customers.CUSTOMER_RECORD_ID.name());
    Column isOwn = Customers.DEALER_ID.of("f").equalTo(WinbackList.DEALER_ID.of("w"));
    Dataset<Row> chosen =
        list.join(
                identities.alias("p"),
                CustomerIdentities.CUSTOMER_RECORD_ID
                    .of("p")
                    .equalTo(WinbackList.CUSTOMER_ID.of("w")))
            .join(
                files.alias("f"),
                CustomerIdentities.CUSTOMER_ID
                    .of("f")
                    .equalTo(CustomerIdentities.CUSTOMER_ID.of("p")))
            .withColumn(
                "_place",
                row_number()
                    .over(
                        Window.partitionBy(WinbackList.CUSTOMER_ID.of("w"))
                            .orderBy(
                                isOwn.desc(),
                                Versioned.KNOWN_AT.of("f").desc(),
                                Customers.CUSTOMER_RECORD_ID.of("f"))))
            .where(col("_place").equalTo(1))
            .select(
                WinbackList.CUSTOMER_ID.of("w"),
                WinbackList.DEALER_ID.of("w"),
                WinbackList.RANK_NO.of("w"),
                WinbackList.REASON_CODE_1.of("w"),
                WinbackList.CAMPAIGN_ID.of("w"),
                WinbackList.TASK.of("w"),
                WinbackList.OFFER_CODE.of("w"),
                WinbackList.OFFER_LABEL_ZH.of("w"),
                WinbackList.CALLER_ROLE.of("w"),
                WinbackList.CALLER_ID.of("w"),
                WinbackList.EVIDENCE_ZH.of("w"),
                Customers.CUSTOMER_RECORD_ID.of("f").as(RECORD),
                Customers.NAME_TOKEN.of("f"),
                Customers.PHONE_TOKEN.of("f"));
    Dataset<Row> sealed =
        lake.read(Secrets.TABLE)
            .join(lake.read(SubjectKeys.TABLE), SubjectKeys.SUBJECT_ID.name())
            .join(chosen, Secrets.SUBJECT_ID.col().equalTo(col(RECORD)))
            .where(
                Secrets.TOKEN
                    .col()
                    .equalTo(Customers.NAME_TOKEN.col())
                    .or(Secrets.TOKEN.col().equalTo(Customers.PHONE_TOKEN.col())))
            .select(
                col(RECORD),
                SubjectKeys.WRAPPED_KEY.col(),
                Secrets.KIND.col(),
                Secrets.TOKEN.col(),
                Secrets.CIPHERTEXT.col());
    Dataset<Row> plain =
        sealed
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) rows -> decrypted(rows, master),
                Encoders.row(VALUES))
            .groupBy(col(RECORD))
            .agg(
                org.apache
                    .spark
                    .sql
                    .functions
                    .max(when(Secrets.KIND.col().equalTo("NAME"), col(VALUE)))
                    .as(WinbackContacts.CUSTOMER_NAME.name()),
                org.apache
                    .spark
                    .sql
                    .functions
                    .max(when(Secrets.KIND.col().equalTo("PHONE"), col(VALUE)))
                    .as(WinbackContacts.PHONE.name()));
    return chosen
        .join(plain, chosen.col(RECORD).equalTo(plain.col(RECORD)), "left")
        .select(
            WinbackContacts.TABLE.fields().stream()
                .map(field -> field.col())
                .toArray(Column[]::new));
  }

  private static Iterator<Row> decrypted(Iterator<Row> rows, MasterKey master) {
    SubjectCipher cipher = new SubjectCipher(master);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        Row row = rows.next();
        try {
          return RowFactory.create(
              row.getString(0),
              row.getString(2),
              cipher.decrypt(
                  row.getString(0),
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  row.getString(4)));
        } catch (GeneralSecurityException e) {
          throw new CannotException(
              "Cannot decrypt a value of the vault: it does not open under its subject's key. The vault was altered, or the value was kept under another master key. Restore the lake from a backup.",
              e);
        }
      }
    };
  }
}
