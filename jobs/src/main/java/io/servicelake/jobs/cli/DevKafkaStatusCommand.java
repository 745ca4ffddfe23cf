package io.servicelake.jobs.cli;

import io.servicelake.jobs.kafka.KafkaBroker;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dev kafka status}: the broker for development. */
@Command(
    name = "status",
    description = "Shows whether the broker runs, and where.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DevKafkaStatusCommand implements Callable<Integer> {
  @Mixin private LakeOptions options = new LakeOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    KafkaBroker broker = new Places(options.settings()).broker();
    PrintWriter out = spec.commandLine().getOut();
    KafkaBroker.Status status = broker.status();
    out.println(
        status
            .pid()
            .map(pid -> "Kafka: running, process %d, port %d".formatted(pid, status.port()))
            .orElse("Kafka: stopped"));
    out.println("Data: " + status.dataFolder());
    out.println("Log:  " + status.logFile());
    out.flush();
    return ExitStatus.DONE;
  }
}
