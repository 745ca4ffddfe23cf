package io.servicelake.jobs.serve;

import io.servicelake.jobs.CannotException;
import java.time.LocalDate;
import java.util.List;

/**
 * Where dashboards and lists read: takes over the serving tables of the lake, release by release.
 */
public interface ServingDatabase {
  /**
   * Makes these tables the whole of what readers see, all at once: a table that is not among them
   * is no longer offered. Tables whose content is there already are not written again.
   *
   * @param asOf the day the tables tell of
   * @throws CannotException if the release could not be made; readers then still see the last one
   */
  Publication publish(List<PublishedTable> tables, LocalDate asOf);
}
