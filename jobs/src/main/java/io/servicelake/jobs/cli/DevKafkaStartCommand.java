package io.servicelake.jobs.cli;

import io.servicelake.jobs.kafka.KafkaBroker;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dev kafka start}: the broker for development. */
@Command(
    name = "start",
    description = "Starts the broker for development.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DevKafkaStartCommand implements Callable<Integer> {
  @Mixin private LakeOptions options = new LakeOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    KafkaBroker broker = new Places(options.settings()).broker();
    PrintWriter out = spec.commandLine().getOut();
    out.println("Kafka: " + broker.start());
    out.flush();
    return ExitStatus.DONE;
  }
}
