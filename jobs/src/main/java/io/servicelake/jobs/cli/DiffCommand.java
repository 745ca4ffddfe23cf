package io.servicelake.jobs.cli;

import io.servicelake.contract.TableContract;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.explain.ReleaseDiff;
import io.servicelake.jobs.explain.ReleasePin;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.serve.Publisher;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code diff}: why published numbers changed. */
@Command(
    name = "diff",
    description = {
      "Tells which published numbers changed between the last two releases, and why.",
      "With --since: between that release, or version of a table, and the lake as it is now."
    })
public final class DiffCommand extends LakeCommand {
  @Option(
      names = "--since",
      paramLabel = "<release|table@version>",
      description = "Release number, or a version of one table: serving.dealer_months@17.")
  private String since;

  @Option(
      names = "--table",
      paramLabel = "<table>",
      description = "Only this serving table (default: all that are published).")
  private String table;

  @Option(names = "--column", paramLabel = "<column>", description = "Only this column.")
  private String column;

  @Option(
      names = "--limit",
      paramLabel = "<count>",
      defaultValue = "5",
      description = "Cells shown of a table and source rows of a cell (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  int execute(PrintWriter out) {
    String wanted =
        since != null && since.contains("@") ? since.substring(0, since.indexOf('@')) : table;
    List<TableContract> tables =
        Publisher.tables().stream()
            .filter(t -> wanted == null || t.id().equals(wanted) || t.name().equals(wanted))
            .toList();
    if (tables.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Cannot compare %s: it is not published. Published are %s. Correct --table."
              .formatted(
                  wanted,
                  String.join(", ", Publisher.tables().stream().map(TableContract::id).toList())));
    }
    List<ReleasePin> releases = ReleasePin.all(options.files());
    if (since == null && releases.isEmpty()) {
      throw new CannotException(
          "Cannot compare releases: none of this lake is noted. A publish notes what its release was made from. Publish first with 'servicelake publish', or give --since TABLE@VERSION.");
    }
    Lakehouse lake = options.open();
    ReleasePin now =
        ReleasePin.of(lake, options.settings(), 0, "", Publisher.asOf(lake).toString());
    ReleasePin before;
    ReleasePin after = now;
    if (since == null && releases.size() > 1) {
      before = releases.get(releases.size() - 2);
      after = releases.get(releases.size() - 1);
    } else if (since == null) {
      before = releases.get(0);
    } else {
      before = since.contains("@") ? version(now, tables.get(0)) : release(releases);
    }
    new ReleaseDiff(lake, before, after, Math.max(0, limit)).tell(tables, column, out::println);
    return ExitStatus.DONE;
  }

  private ReleasePin release(List<ReleasePin> releases) {
    return releases.stream()
        .filter(pin -> String.valueOf(pin.releaseNo()).equals(since))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "Cannot compare with release %s: it is not noted. Noted are %s. Correct --since."
                        .formatted(since, releases.stream().map(ReleasePin::releaseNo).toList())));
  }

  /** The lake as it is now, but for one table. */
  private ReleasePin version(ReleasePin now, TableContract of) {
    String number = since.substring(since.indexOf('@') + 1);
    if (!number.matches("\\d{1,18}")) {
      throw new ParameterException(
          spec.commandLine(), "--since %s: expected TABLE@VERSION".formatted(since));
    }
    Map<String, Long> versions = new HashMap<>(now.versions());
    versions.put(of.id(), Long.parseLong(number));
    return new ReleasePin(
        0, "", now.asOf(), versions, now.code(), now.sections(), now.mappings(), now.models());
  }
}
