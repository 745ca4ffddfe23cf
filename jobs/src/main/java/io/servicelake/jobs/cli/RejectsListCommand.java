package io.servicelake.jobs.cli;

import io.servicelake.contract.Field;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.jobs.ingest.RejectList;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rejects list}: refused rows by source, target and reason. */
@Command(
    name = "list",
    description = "Shows refused rows by source, target and reason, with examples.")
public final class RejectsListCommand extends LakeCommand {
  @Option(names = "--source", paramLabel = "<source>", description = "Only this source.")
  private String source;

  @Option(names = "--target", paramLabel = "<table>", description = "Only this silver table.")
  private String target;

  @Option(names = "--reason", paramLabel = "<code>", description = "Only this reason code.")
  private String reason;

  @Option(
      names = "--limit",
      paramLabel = "<count>",
      defaultValue = "3",
      description = "Examples shown of each reason (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  int execute(PrintWriter out) {
    Map<Field, String> only = new LinkedHashMap<>();
    put(only, Rejects.SOURCE_ID, source);
    put(only, Rejects.TARGET_TABLE, target == null ? null : target.replaceFirst("^silver\\.", ""));
    put(only, Rejects.REASON_CODE, reason);
    RejectList.print(options.open().read(Rejects.TABLE), only, Math.max(0, limit), out);
    return ExitStatus.DONE;
  }

  private static void put(Map<Field, String> only, Field field, String value) {
    if (value != null) {
      only.put(field, value);
    }
  }
}
