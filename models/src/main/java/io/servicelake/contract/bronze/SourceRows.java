package io.servicelake.contract.bronze;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Bronze: rows as their sources gave them, personal values replaced by tokens. */
public final class SourceRows {
  private static final Columns C = new Columns();
  public static final Field BRONZE_ID =
      C.key(
          "bronze_id",
          STRING,
          "Source row",
          "原始行",
          "Content hash of the file, a colon and the line; of a message topic, partition and offset.");
  public static final Field SOURCE_ID =
      C.required("source_id", STRING, "Source", "来源", "Name of the mapping that read it.");
  public static final Field BATCH_NO =
      C.run("batch_no", LONG, "Batch", "批次", "Ingest batch, counted from 1.");
  public static final Field FILE_NAME =
      C.required(
          "file_name",
          STRING,
          "File",
          "文件",
          "Path of the file below the folder of the source; of a message topic and partition.");
  public static final Field FILE_HASH =
      C.required(
          "file_hash",
          STRING,
          "File hash",
          "文件哈希",
          "SHA-256 of the file's bytes; of a message the identifier of the topic.");
  public static final Field LINE_NUMBER =
      C.required(
          "line_number",
          LONG,
          "Line",
          "行号",
          "Line the record starts on, from 1; the row in a sheet, the offset of a message.");
  public static final Field SOURCE_STAMP =
      C.required(
          "source_stamp",
          TIMESTAMP,
          "Source stamp",
          "文件时间",
          "Stamp of the file, by the rule of the mapping; of a message that of the broker.");
  public static final Field CHANGED_AT =
      C.optional(
          "changed_at",
          TIMESTAMP,
          "Changed at",
          "文件修改时间",
          "When the file was last changed; of a message the stamp of the broker; null for rows of database tables. No row can have been entered later.");
  public static final Field PAYLOAD =
      C.required(
          "payload",
          STRING,
          "Payload",
          "内容",
          "The raw cells as a JSON object, personal values tokenised.");
  public static final Field RUN_ID = C.run("run_id", STRING, "Run", "运行", "Run that read it.");
  public static final TableContract TABLE =
      C.partitionedBy(SOURCE_ID)
          .table(
              Layer.BRONZE,
              "source_rows",
              "Source rows",
              "原始行",
              "one row per record of a source file",
              "data engineering");

  private SourceRows() {}
}
