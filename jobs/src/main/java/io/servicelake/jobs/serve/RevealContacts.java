package io.servicelake.jobs.serve;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Field;
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
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Names and phones of those on the win-back list who are still to be called, and the names of who
 * calls them, decrypted as the last thing that is done to them. A person whose key was destroyed
 * has neither.
 */
public final class RevealContacts {
  private static final String RECORD = "record_id";
  private static final String CALLER = "caller_subject_id";

  private final Lakehouse lake;
  private final MasterKey master;

  /**
   * The contacts of a lake.
   *
   * @param master the key its vault is kept under
   * @throws CannotException if the lake was begun under another key
   */
  public RevealContacts(Lakehouse lake, MasterKey master) {
    LakeKey.require(
        lake.files(),
        master,
        "read names and phones",
        "What is kept under one key opens under no other.");
    this.lake = lake;
    this.master = master;
  }

  /** Changes with every table the contacts are made from. */
  String contentVersion() {
    return Stream.of(
            WinbackList.TABLE,
            Customers.TABLE,
            CustomerIdentities.TABLE,
            SubjectKeys.TABLE,
            Secrets.TABLE)
        .map(table -> lake.contentId(table, lake.version(table).orElse(-1)))
        .collect(Collectors.joining("; "));
  }

  /**
   * Rows of serving_contact.winback_contacts. Not to be sorted, joined or kept: what is in clear
   * would be written to disk.
   */
  public Dataset<Row> rows() {
    MasterKey key = master;
    // All nullable: a row that breaks the contract is told by who takes it, with its column.
    StructType clear = new StructType();
    for (Field field : WinbackContacts.TABLE.fields()) {
      clear = clear.add(field.name(), field.type(), true);
    }
    return sealed()
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> opened(rows, key), Encoders.row(clear));
  }

  /**
   * Rows with columns of {@link #sealed}, their names and phones in clear, one at a time.
   *
   * @throws CannotException from the iterator, if a value does not open
   */
  public Iterator<Row> opened(Iterator<Row> rows) {
    return opened(rows, master);
  }

  /** The same rows as {@link #rows}; name and phone are as the vault keeps them. */
  public Dataset<Row> sealed() {
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
    Dataset<Row> vault =
        lake.read(Secrets.TABLE).join(lake.read(SubjectKeys.TABLE), SubjectKeys.SUBJECT_ID.name());
    Dataset<Row> kept =
        vault
            .join(chosen, Secrets.SUBJECT_ID.col().equalTo(col(RECORD)))
            .where(
                Secrets.TOKEN
                    .col()
                    .equalTo(Customers.NAME_TOKEN.col())
                    .or(Secrets.TOKEN.col().equalTo(Customers.PHONE_TOKEN.col())))
            .groupBy(col(RECORD))
            .agg(
                sealed("NAME").as(WinbackContacts.CUSTOMER_NAME.name()),
                sealed("PHONE").as(WinbackContacts.PHONE.name()));
    Dataset<Row> callers =
        vault
            .join(
                list, Secrets.SUBJECT_ID.col().equalTo(WinbackList.CALLER_ID.of("w")), "left_semi")
            .groupBy(Secrets.SUBJECT_ID.col().as(CALLER))
            .agg(sealed("NAME").as(WinbackContacts.CALLER_NAME.name()));
    return chosen
        .join(kept, chosen.col(RECORD).equalTo(kept.col(RECORD)), "left")
        .join(callers, WinbackContacts.CALLER_ID.col().equalTo(col(CALLER)), "left")
        .select(WinbackContacts.TABLE.fields().stream().map(Field::col).toArray(Column[]::new));
  }

  /** The one value of a kind with all that opens it. */
  private static Column sealed(String kind) {
    return max(
        when(
            Secrets.KIND.col().equalTo(kind),
            struct(
                Secrets.SUBJECT_ID.col(),
                SubjectKeys.WRAPPED_KEY.col(),
                Secrets.KIND.col(),
                Secrets.TOKEN.col(),
                Secrets.CIPHERTEXT.col())));
  }

  private static Iterator<Row> opened(Iterator<Row> rows, MasterKey master) {
    SubjectCipher cipher = new SubjectCipher(master);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return opened(rows.next(), cipher);
      }
    };
  }

  private static Row opened(Row row, SubjectCipher cipher) {
    Object[] values = new Object[row.size()];
    StructType schema = new StructType();
    for (int i = 0; i < values.length; i++) {
      StructField column = row.schema().apply(i);
      boolean isSealed = column.dataType() instanceof StructType;
      values[i] = isSealed && !row.isNullAt(i) ? text(row.getStruct(i), cipher) : row.get(i);
      schema = schema.add(column.name(), isSealed ? DataTypes.StringType : column.dataType(), true);
    }
    return new GenericRowWithSchema(values, schema);
  }

  private static String text(Row sealed, SubjectCipher cipher) {
    try {
      return cipher.decrypt(
          sealed.getString(0),
          sealed.getString(1),
          sealed.getString(2),
          sealed.getString(3),
          sealed.getString(4));
    } catch (GeneralSecurityException e) {
      throw new CannotException(
          "Cannot decrypt a value of the vault: it does not open under its subject's key. The vault was altered, or the value was kept under another master key. Restore the lake from a backup.",
          e);
    }
  }
}
