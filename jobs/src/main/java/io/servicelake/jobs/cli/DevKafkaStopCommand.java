package io.servicelake.jobs.cli;

import io.servicelake.jobs.kafka.KafkaBroker;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code dev kafka stop}: the broker for development. */
@Command(name = "stop", description = "Stops the broker for development.")
public final class DevKafkaStopCommand extends LakeCommand {
  @Override
  int execute(PrintWriter out) {
    KafkaBroker broker = new Places(options.settings()).broker();
    broker.stop();
    out.println("Kafka stopped.");
    return ExitStatus.DONE;
  }
}
