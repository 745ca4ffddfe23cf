package io.servicelake.jobs.cli;

import io.servicelake.jobs.kafka.KafkaBroker;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code dev kafka status}: the broker for development. */
@Command(name = "status", description = "Shows whether the broker runs, and where.")
public final class DevKafkaStatusCommand extends LakeCommand {
  @Override
  int execute(PrintWriter out) {
    KafkaBroker broker = new Places(options.settings()).broker();
    KafkaBroker.Status status = broker.status();
    out.println(
        status
            .pid()
            .map(pid -> "Kafka: running, process %d, port %d".formatted(pid, status.port()))
            .orElse("Kafka: stopped"));
    out.println("Data: " + status.dataFolder());
    out.println("Log:  " + status.logFile());
    return ExitStatus.DONE;
  }
}
