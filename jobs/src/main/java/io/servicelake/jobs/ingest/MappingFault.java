package io.servicelake.jobs.ingest;

/**
 * A fault of a mapping file.
 *
 * @param file the mapping file
 * @param key where in it
 * @param problem what is wrong, with values
 * @param remedy what to do
 */
public record MappingFault(String file, String key, String problem, String remedy) {
  @Override
  public String toString() {
    return "%s: %s: %s. %s".formatted(file, key, problem, remedy);
  }
}
