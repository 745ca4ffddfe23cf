package io.servicelake.jobs.cli;

import picocli.CommandLine.Command;

/** {@code dev kafka}: a Kafka broker for development. */
@Command(
    name = "kafka",
    description = "A single Kafka broker on 127.0.0.1, without any security.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DevKafkaStartCommand.class,
      DevKafkaStopCommand.class,
      DevKafkaStatusCommand.class
    })
public final class DevKafkaCommand {}
