package io.servicelake.jobs.ingest;

import io.servicelake.transform.silver.Reading;
import io.servicelake.transform.silver.TargetMapping;
import io.servicelake.transform.silver.TypeRows;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One source, files, a topic or a table: where they lie, how they are read, what in them is
 * personal and which silver tables they feed.
 *
 * @param sourceId name of the source
 * @param origin mapping file it was read from
 * @param files patterns of paths below the data folder; empty for others
 * @param kafka the topic; empty for others
 * @param jdbc the table; empty for others
 * @param format layout of the files
 * @param reading how texts are read
 * @param stamp where a file's stamp comes from
 * @param keep raw columns kept in bronze though no rule names them
 * @param optional raw columns that a file may lack
 * @param personal columns with personal values
 * @param phoneCountry country code that numbers may be written with or without
 * @param isVinChecked true if the check digit of a VIN has to be right
 * @param targets silver tables it feeds
 */
public record Mapping(
    String sourceId,
    String origin,
    List<String> files,
    Optional<KafkaTopic> kafka,
    Optional<TableSource> jdbc,
    FileFormat format,
    Reading reading,
    StampRule stamp,
    List<String> keep,
    List<String> optional,
    List<PersonalRule> personal,
    String phoneCountry,
    boolean isVinChecked,
    List<TargetMapping> targets) {

  /** Raw columns that the files have to bring and bronze keeps; others are left behind. */
  public Set<String> rawColumns() {
    Set<String> names = new LinkedHashSet<>(keep);
    targets.forEach(target -> names.addAll(target.rawColumns()));
    Set<String> derived = new LinkedHashSet<>();
    for (PersonalRule rule : personal) {
      names.add(rule.column());
      names.addAll(rule.with());
      derived.add(rule.column() + Redactor.HEAD_SUFFIX);
      derived.add(rule.column() + TypeRows.FAULT_SUFFIX);
    }
    names.removeAll(derived);
    return names;
  }

  /** What the executors need to read and redact its files. */
  public SourceReading sourceReading() {
    return new SourceReading(
        sourceId,
        format,
        reading.zone(),
        List.copyOf(reading.nullTokens()),
        List.copyOf(rawColumns()),
        List.copyOf(optional),
        List.copyOf(personal),
        phoneCountry,
        isVinChecked);
  }
}
