package io.servicelake.jobs.ingest;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;

/**
 * The part of a {@link Mapping} that reads and redacts files.
 *
 * @param columns raw columns that bronze keeps
 * @param optional those of them that a file may lack
 */
record SourceReading(
    String sourceId,
    FileFormat format,
    ZoneId zone,
    List<String> nullTokens,
    List<String> columns,
    List<String> optional,
    List<PersonalRule> personal,
    String phoneCountry,
    boolean isVinChecked)
    implements Serializable {

  /** Hash of all of it: a file that one reading refuses may be read by another. */
  String fingerprint() {
    return Hashes.sha256(toString());
  }
}
