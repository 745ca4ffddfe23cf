package io.servicelake.jobs.ingest;

import io.servicelake.contract.TableContract;
import io.servicelake.jobs.io.LakeFiles;
import java.util.Map;
import java.util.TreeMap;

/** The mappings that silver tables were made by, as hashes. */
public final class MappingHashes {
  private MappingHashes() {}

  /** Hash by silver table and source: {@code silver.contacts by contacts}. */
  public static Map<String, String> inUse(LakeFiles files) {
    Map<String, String> hashes = new TreeMap<>();
    for (TableContract table : IngestSteps.TABLES) {
      SilverState.read(files, table)
          .mappings()
          .forEach((source, hash) -> hashes.put(table.id() + " by " + source, hash));
    }
    return hashes;
  }
}
