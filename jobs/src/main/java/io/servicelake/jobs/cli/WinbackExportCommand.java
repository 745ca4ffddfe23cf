package io.servicelake.jobs.cli;

import io.servicelake.jobs.Flow;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.kafka.KafkaConnection;
import io.servicelake.jobs.winback.ExportLists;
import io.servicelake.jobs.winback.ExportedLists;
import io.servicelake.jobs.winback.SendLists;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code winback export}: the win-back list as files. */
@Command(
    name = "export",
    description = "Writes the win-back list as a workbook and a CSV file for each dealer.")
public final class WinbackExportCommand extends LakeCommand {
  @Option(
      names = "--out",
      paramLabel = "<folder>",
      description = "Where to (default: .servicelake/winback).")
  private Path folder;

  @Option(
      names = "--contacts",
      description = "With names and phones; takes the master key. Files are readable by you alone.")
  private boolean withContacts;

  @Option(
      names = "--topic",
      paramLabel = "<topic>",
      description = "Also sends the lists to this Kafka topic, without names and phones.")
  private String topic;

  @Mixin private WaitOption wait = new WaitOption();

  @Override
  int execute(PrintWriter out) {
    return LockedRun.on(options, wait.isSet(), out, (lake, held) -> export(lake, out));
  }

  private int export(Lakehouse lake, PrintWriter out) {
    Path to = folder == null ? new Places(options.settings()).state().resolve("winback") : folder;
    ExportedLists.mark(lake);
    // First: who is on no list any more is withdrawn also if nobody is left to call.
    if (topic != null) {
      KafkaConnection connection = KafkaConnection.of(options.settings(), System.getenv());
      SendLists.Sent sent = SendLists.send(lake, connection, topic);
      out.println(
          "%,d messages to topic %s, %,d withdrawn"
              .formatted(sent.rows(), topic, sent.withdrawn()));
    }
    List<Path> files =
        ExportLists.write(
            lake,
            to.toAbsolutePath().normalize(),
            withContacts ? Optional.of(Flow.masterKey(options.settings())) : Optional.empty());
    out.println(
        "Call lists of %d dealers, a workbook and a CSV each, below %s"
            .formatted(files.size() / 2, to));
    return ExitStatus.DONE;
  }
}
