package io.servicelake.jobs.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.servicelake.jobs.CannotException;
import java.util.Optional;

/**
 * A small JSON file of a lake that holds one record and can be done without.
 *
 * @param path below the lake
 * @param ifDeleted what makes up for the file once it is deleted, in words
 */
public record JsonFile<T>(String path, Class<T> type, String ifDeleted) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What it says; empty if there is none.
   *
   * @throws CannotException if it is no such record
   */
  public Optional<T> read(LakeFiles files) {
    return files.read(path).map(text -> parse(text, files));
  }

  /** Puts the record in the place of what it said. */
  public void write(LakeFiles files, T content) {
    try {
      files.write(path, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private T parse(String text, LakeFiles files) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new CannotException(
          "Cannot read %s: %s. It was changed by hand. Delete it: %s."
              .formatted(files.path(path), e.getOriginalMessage(), ifDeleted),
          e);
    }
  }
}
