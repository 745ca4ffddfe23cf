package io.servicelake.jobs.cli;

import io.servicelake.jobs.bi.DatabaseAddress;
import io.servicelake.jobs.bi.SupersetService;
import io.servicelake.jobs.config.BiSettings;
import io.servicelake.jobs.config.KafkaSettings;
import io.servicelake.jobs.config.ReportSettings;
import io.servicelake.jobs.config.ServingSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.kafka.KafkaBroker;
import io.servicelake.jobs.serve.DatabaseRole;
import io.servicelake.jobs.serve.PostgresDaemon;
import io.servicelake.jobs.serve.ServingTarget;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** Where the parts of an installation lie and how they are reached. */
final class Places {
  private static final String STATE = ".servicelake";

  private final Settings settings;

  Places(Settings settings) {
    this.settings = settings;
  }

  /** Folder of everything that is no lake: database, keys, Superset. */
  Path state() {
    return settings.home().resolve(STATE);
  }

  /** File of the report. */
  Path report() {
    return Path.of(settings.resolve(settings.get(ReportSettings.class).path()));
  }

  /** The database of our own. */
  PostgresDaemon daemon() {
    return new PostgresDaemon(state(), settings.get(ServingSettings.class).port());
  }

  /**
   * Where serving tables are published: another server by url, else our own, started if need be.
   */
  ServingTarget serving() {
    return external().orElseGet(() -> daemon().start().as(DatabaseRole.OWNER));
  }

  /** The database another server offers. */
  Optional<ServingTarget> external() {
    return settings
        .get(ServingSettings.class)
        .url()
        .map(
            url ->
                new ServingTarget(
                    url,
                    System.getenv(ServingTarget.USER_VARIABLE),
                    System.getenv(ServingTarget.PASSWORD_VARIABLE)));
  }

  /** The Kafka broker for development. */
  KafkaBroker broker() {
    return new KafkaBroker(
        state().resolve("kafka"),
        settings.home().resolve("broker").resolve("target").resolve("lib"),
        settings.get(KafkaSettings.class).devPort());
  }

  /** Superset. */
  SupersetService superset(PrintWriter out) {
    return new SupersetService(
        state(),
        settings.home().resolve("conf").resolve("superset"),
        settings.get(BiSettings.class).port(),
        System.getenv(),
        line -> {
          out.println(line);
          out.flush();
        });
  }

  /** Our own database as a role reaches it, for Superset. */
  DatabaseAddress address(DatabaseRole role) {
    ServingTarget target = daemon().start().as(role);
    return DatabaseAddress.of(target.url(), target.user(), target.password());
  }
}
