package io.servicelake.jobs.cli;

import io.servicelake.jobs.kafka.KafkaBroker;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code dev kafka start}: the broker for development. */
@Command(name = "start", description = "Starts the broker for development.")
public final class DevKafkaStartCommand extends LakeCommand {
  @Override
  int execute(PrintWriter out) {
    KafkaBroker broker = new Places(options.settings()).broker();
    out.println("Kafka: " + broker.start());
    return ExitStatus.DONE;
  }
}
