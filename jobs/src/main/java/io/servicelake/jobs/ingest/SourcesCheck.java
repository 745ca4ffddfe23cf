package io.servicelake.jobs.ingest;

import com.google.crypto.tink.subtle.Random;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.jobs.CannotException;
import io.servicelake.transform.silver.TargetMapping;
import io.servicelake.transform.silver.TypeRows;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Tells before a run what is wrong with mapping files and with a sample of the real files: all
 * faults at once, with the offending values (personal ones masked). Writes nothing.
 */
public final class SourcesCheck {
  private static final int FILES_PER_SOURCE = 3;
  private static final int EXAMPLES = 3;
  private static final int LINES_FOR_NAMES = 10_000;

  private final MappingReader reader = new MappingReader(IngestSteps.TABLES);
  private final SparkSession spark;
  private final int rowsPerFile;

  /**
   * @param rowsPerFile records of each sampled file that are tried
   */
  public SourcesCheck(SparkSession spark, int rowsPerFile) {
    this.spark = spark;
    this.rowsPerFile = rowsPerFile;
  }

  /**
   * What was found of one source.
   *
   * @param files how many files match
   * @param rows how many records were tried
   * @param refused per target and reason: how many, and examples
   */
  record Findings(
      Mapping mapping,
      int files,
      long rows,
      List<MappingFault> faults,
      Map<String, Refused> refused) {}

  /** Records refused for one target with one reason code. */
  record Refused(long count, List<String> examples) {}

  /**
   * Checks and prints.
   *
   * @param mappings folders of mapping files
   * @param folder where the files of the sources lie
   * @return exit status: 0 if every mapping can be used, 2 if not
   */
  public int run(List<Path> mappings, String folder, PrintWriter out) {
    MappingReader.Result read = reader.readFolders(mappings);
    List<MappingFault> faults = new ArrayList<>(read.faults());
    List<SourceFile> files =
        new SourceFiles(folder, spark.sessionState().newHadoopConf()).list(read.mappings());
    List<Findings> found = new ArrayList<>();
    for (Mapping mapping : read.mappings()) {
      Findings findings =
          check(
              mapping,
              files.stream().filter(file -> file.sourceId().equals(mapping.sourceId())).toList());
      found.add(findings);
      faults.addAll(findings.faults());
    }
    print(found, faults, out);
    out.flush();
    return faults.isEmpty() ? 0 : 2;
  }

  private Findings check(Mapping mapping, List<SourceFile> files) {
    List<MappingFault> faults = new ArrayList<>();
    List<Row> sample = new ArrayList<>();
    MasterKey throwAway = MasterKey.of(Random.randBytes(32));
    for (SourceFile file : spread(files)) {
      FileCheck check = FileCheck.of(file, mapping.format());
      List<MappingFault> ofHeader =
          check.fault().isEmpty() ? headerFaults(mapping, check.file()) : List.of();
      if (!ofHeader.isEmpty()) {
        faults.addAll(ofHeader);
        break;
      }
      Iterator<Row> rows =
          new ReadFiles(throwAway)
              .call(
                  new ReadFiles.Task(
                      check.file(), mapping.sourceReading(), 0, 1, "check", check.fault()));
      for (int i = 0; i < rowsPerFile && rows.hasNext(); i++) {
        sample.add(rows.next());
      }
    }
    mapping.jdbc().ifPresent(table -> sample(mapping, table, throwAway, sample, faults));
    Map<String, Refused> refused = new TreeMap<>();
    if (faults.isEmpty() && !sample.isEmpty()) {
      Dataset<Row> bronze = spark.createDataFrame(sample, ReadFiles.SCHEMA).drop(ReadFiles.SECRETS);
      for (TargetMapping target : mapping.targets()) {
        refused.putAll(tried(mapping, target, bronze, faults));
      }
    }
    return new Findings(mapping, files.size(), sample.size(), faults, refused);
  }

  private void sample(
      Mapping mapping,
      TableSource table,
      MasterKey master,
      List<Row> sample,
      List<MappingFault> faults) {
    SourceFile file =
        new SourceFile(mapping.sourceId(), "", table.name(mapping.sourceId()), 0, 0, "check");
    try (TableReader reader = TableReader.open(mapping.sourceId(), table)) {
      for (String missing : ReadFiles.missing(mapping.sourceReading(), reader.names())) {
        faults.add(
            new MappingFault(
                mapping.origin(),
                "raw columns",
                "%s has no column %s".formatted(file.name(), missing),
                "The nearest is %s; or list it under optional."
                    .formatted(MappingSection.nearest(missing, reader.names()))));
      }
      ReadTables.Task task =
          new ReadTables.Task(
              file, mapping.sourceReading(), table, null, true, null, rowsPerFile, 1, "check");
      new ReadTables(master).call(task).forEachRemaining(sample::add);
    } catch (CannotException e) {
      faults.add(
          new MappingFault(
              mapping.origin(), "jdbc", e.getMessage(), "Then check the sources again."));
    }
  }

  private Map<String, Refused> tried(
      Mapping mapping, TargetMapping target, Dataset<Row> bronze, List<MappingFault> faults) {
    Map<String, Long> counts = new TreeMap<>();
    Map<String, List<String>> examples = new TreeMap<>();
    try {
      List<Row> rejects =
          TypeRows.rejects(TypeRows.typed(bronze, target), target)
              .orderBy(SourceRows.FILE_NAME.col(), SourceRows.LINE_NUMBER.col())
              .collectAsList();
      for (Row reject : rejects) {
        String key = target.table().name() + " " + reject.getAs(Rejects.REASON_CODE.name());
        counts.merge(key, 1L, Long::sum);
        List<String> shown = examples.computeIfAbsent(key, k -> new ArrayList<>());
        if (shown.size() < EXAMPLES) {
          shown.add(
              "%s line %d: %s"
                  .formatted(
                      reject.getAs(Rejects.FILE_NAME.name()),
                      reject.<Long>getAs(Rejects.LINE_NUMBER.name()),
                      reject.getAs(Rejects.REASON.name())));
        }
      }
    } catch (RuntimeException e) {
      faults.add(sqlFault(mapping, target, e));
    } catch (Exception e) { // Spark throws its checked AnalysisException without declaring it.
      faults.add(sqlFault(mapping, target, e));
    }
    Map<String, Refused> refused = new LinkedHashMap<>();
    counts.forEach((key, count) -> refused.put(key, new Refused(count, examples.get(key))));
    return refused;
  }

  private static MappingFault sqlFault(Mapping mapping, TargetMapping target, Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    // Spark quotes the offending value, which may be personal: only the kind of the fault is told.
    String kind = message.replaceAll("'[^']*'|\"[^\"]*\"", "***");
    return new MappingFault(
        mapping.origin(),
        "targets." + target.table().name(),
        "an expression fails on real rows: " + kind,
        "Use the try_ functions: try_cast, try_divide, try_to_timestamp.");
  }

  private static List<MappingFault> headerFaults(Mapping mapping, SourceFile file) {
    List<MappingFault> faults = new ArrayList<>();
    try {
      List<String> header = header(mapping, file);
      for (String missing : ReadFiles.missing(mapping.sourceReading(), header)) {
        faults.add(
            new MappingFault(
                mapping.origin(),
                "raw columns",
                "%s has no column %s".formatted(file.name(), missing),
                "The nearest is %s; or list it under optional."
                    .formatted(MappingSection.nearest(missing, header))));
      }
    } catch (IOException e) {
      // The file as a whole is refused; the sample tells it.
      return List.of();
    }
    return faults;
  }

  /** Names of the columns; of JSON lines those that come up in the first ones. */
  private static List<String> header(Mapping mapping, SourceFile file) throws IOException {
    if (mapping.format().kind() == FileFormat.Kind.JSONL) {
      return JsonRecords.names(file, mapping.format(), LINES_FOR_NAMES);
    }
    try (Records records = Records.open(file, mapping.format(), List.of())) {
      return ReadFiles.header(mapping.sourceReading(), records);
    }
  }

  /** The first, a middle and the last file. */
  private static List<SourceFile> spread(List<SourceFile> files) {
    if (files.size() <= FILES_PER_SOURCE) {
      return files;
    }
    return List.of(files.get(0), files.get(files.size() / 2), files.get(files.size() - 1));
  }

  private static void print(List<Findings> found, List<MappingFault> faults, PrintWriter out) {
    out.printf("%-24s %8s %10s %10s  %s%n", "source", "files", "rows tried", "refused", "targets");
    for (Findings one : found) {
      long refused = one.refused().values().stream().mapToLong(Refused::count).sum();
      out.printf(
          "%-24s %8d %10d %10d  %s%n",
          one.mapping().sourceId(),
          one.files(),
          one.rows(),
          refused,
          String.join(", ", one.mapping().targets().stream().map(t -> t.table().name()).toList()));
      if (one.mapping().kafka().isPresent()) {
        out.printf("  topic %s%n", one.mapping().kafka().get().topic());
      } else if (one.files() == 0) {
        out.printf("  no file matches %s%n", String.join(", ", one.mapping().files()));
      }
    }
    for (Findings one : found) {
      if (!one.refused().isEmpty()) {
        out.printf("%nRows of %s that would be refused:%n", one.mapping().sourceId());
        one.refused()
            .forEach(
                (key, refused) -> {
                  out.printf("  %-40s %8d%n", key, refused.count());
                  refused.examples().forEach(example -> out.printf("    %s%n", example));
                });
      }
    }
    if (!faults.isEmpty()) {
      out.printf("%nFaults of mapping files: %d%n", faults.size());
      faults.forEach(fault -> out.printf("  %s%n", fault));
    } else {
      out.printf("%nEvery mapping file can be used.%n");
    }
  }
}
