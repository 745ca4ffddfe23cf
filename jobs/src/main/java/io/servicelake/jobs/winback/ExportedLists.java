package io.servicelake.jobs.winback;

import static org.apache.spark.sql.functions.max;

import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.StepBooks;
import io.servicelake.jobs.io.JsonFile;
import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.io.Lakehouse;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The newest day whose call lists went out, kept at {@code
 * <lake>/_progress/_winback_exported.json}: what was drawn up to it stands.
 *
 * @param asOf ISO date
 */
public record ExportedLists(String asOf) {
  private static final JsonFile<ExportedLists> FILE =
      new JsonFile<>(
          "_progress/_winback_exported.json",
          ExportedLists.class,
          "the next export writes it anew, until then a campaign of the last day run can be drawn anew");

  /** The newest day whose lists went out; empty before the first export. */
  public static Optional<LocalDate> until(LakeFiles files) {
    return FILE.read(files).map(lists -> LocalDate.parse(lists.asOf()));
  }

  /**
   * Notes that the lists as they are go out; nothing is noted if nobody is to be called. Takes the
   * lake's lock to be held.
   *
   * @throws CannotException if the campaign was drawn anew since the lists were made
   */
  public static void mark(Lakehouse lake) {
    Date newest = ExportLists.toCall(lake).agg(max(WinbackList.AS_OF_ON.col())).first().getDate(0);
    if (newest == null) {
      return;
    }
    if (!StepBooks.hasRead(lake, WinbackList.TABLE.id(), WinbackCandidates.TABLE)) {
      throw new CannotException(
          "Cannot send out the win-back list of %s: a campaign was drawn since it was made. The run did not get as far as the list, which may name customers who are held out now. Start 'servicelake run', then export."
              .formatted(newest));
    }
    LocalDate day = newest.toLocalDate();
    if (until(lake.files()).filter(day::isBefore).isEmpty()) {
      FILE.write(lake.files(), new ExportedLists(day.toString()));
    }
  }
}
