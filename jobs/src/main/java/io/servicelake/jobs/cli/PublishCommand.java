package io.servicelake.jobs.cli;

import io.servicelake.jobs.Flow;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.explain.ReleasePin;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.serve.PostgresServing;
import io.servicelake.jobs.serve.Publication;
import io.servicelake.jobs.serve.Publisher;
import io.servicelake.jobs.serve.ServingTarget;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code publish}: serving tables into the database. */
@Command(name = "publish", description = "Publishes changed serving tables to PostgreSQL.")
public final class PublishCommand extends LakeCommand {
  @Override
  int execute(PrintWriter out) {
    Lakehouse lake = options.open();
    out.println(publish(lake, options.settings()));
    return ExitStatus.DONE;
  }

  /** Publishes what changed; returns a line that says what. */
  static String publish(Lakehouse lake, Settings settings) {
    ServingTarget target = new Places(settings).serving();
    Publication release =
        Publisher.publish(lake, new PostgresServing(target), Flow.masterKey(settings));
    note(release, lake, settings);
    long rows = release.loadedRows().values().stream().mapToLong(Long::longValue).sum();
    return release.isNew()
        ? String.format(
            Locale.ROOT,
            "Release %d at %s: %d tables with %,d rows loaded, %d unchanged.",
            release.releaseNo(),
            target.url(),
            release.loadedRows().size(),
            rows,
            release.keptTables().size())
        : "Release %d at %s stands: nothing changed.".formatted(release.releaseNo(), target.url());
  }

  /** Notes what a new release was made from, so that later ones can be held against it. */
  private static void note(Publication release, Lakehouse lake, Settings settings) {
    boolean isNoted =
        ReleasePin.all(lake.files()).stream()
            .anyMatch(pin -> pin.releaseNo() == release.releaseNo());
    if (release.isNew() || !isNoted) {
      ReleasePin.of(
              lake,
              settings,
              release.releaseNo(),
              Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
              Publisher.asOf(lake).toString())
          .save(lake.files());
    }
  }
}
