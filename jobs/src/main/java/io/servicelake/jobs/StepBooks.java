package io.servicelake.jobs;

import io.servicelake.contract.TableContract;
import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.io.Lakehouse;
import java.util.List;

/** What upkeep has to know and change of how far the steps have come. */
public final class StepBooks {
  private StepBooks() {}

  /** Steps that a crash or a failure left half done: their plans need old versions of tables. */
  public static List<String> unfinished(LakeFiles files) {
    return Progress.all(files).stream()
        .filter(progress -> progress.plan() != null)
        .map(Progress::step)
        .toList();
  }

  /** Whether a step's last finished run read a table as it is now. */
  public static boolean hasRead(Lakehouse lake, String step, TableContract table) {
    Progress.Plan done = Progress.load(lake.files(), step).done();
    return done != null
        && Long.valueOf(lake.version(table).orElse(-1)).equals(done.inputs().get(table.id()));
  }

  /** Notes that a table's version grew while its rows stayed: nothing is computed for it. */
  public static void lift(LakeFiles files, TableContract table, long from, long to) {
    for (Progress progress : Progress.all(files)) {
      Progress lifted = progress.lifted(table.id(), from, to);
      if (lifted != progress) {
        lifted.save(files);
      }
    }
  }
}
