package io.servicelake.jobs.cli;

import io.servicelake.jobs.LastRun;
import io.servicelake.jobs.RunLock;
import io.servicelake.jobs.config.RunSettings;
import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.io.TableState;
import io.servicelake.jobs.stream.StreamStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code status}: the newest run, the tables and who holds the lake. */
@Command(
    name = "status",
    description =
        "Shows the newest run, every table's version, rows and age, and who holds the lake.")
public final class StatusCommand extends LakeCommand {
  @Override
  int execute(PrintWriter out) {
    LakeFiles files = options.files();
    ZoneId zone = options.settings().zone();
    out.println("Lake      " + files.root());
    Optional<LastRun> last = LastRun.load(files);
    if (last.isEmpty()) {
      out.println("Last run  none yet; start one with: servicelake run");
    } else {
      LastRun run = last.get();
      out.println(
          "Last run  %s, %s%s: %d steps wrote, %d found nothing to write, %d had no new input"
              .formatted(
                  at(Instant.parse(run.startedAt()), zone),
                  RunDisplay.seconds(run.seconds()),
                  run.asOf() == null ? "" : ", as of " + run.asOf(),
                  run.written(),
                  run.unchanged(),
                  run.skipped()));
      if (run.failed() != null) {
        out.println("Failed    " + run.failed() + ": " + run.fault());
      }
    }
    out.println("Lock      " + lock(files));
    StreamStatus.load(files).ifPresent(stream -> printStream(stream, zone, out));
    List<TableState> tables = TableState.all(files);
    if (!tables.isEmpty()) {
      out.println();
      out.println(line("Table", "Version", "Rows", "Written"));
      for (TableState table : tables) {
        out.println(
            line(
                table.table(),
                Long.toString(table.version()),
                table.rows().isPresent()
                    ? String.format(Locale.ROOT, "%,d", table.rows().getAsLong())
                    : "",
                table.committedAt().map(when -> at(when, zone)).orElse("")));
      }
    }
    return ExitStatus.DONE;
  }

  private static void printStream(StreamStatus stream, ZoneId zone, PrintWriter out) {
    out.println(
        String.format(
            Locale.ROOT,
            "Stream    %s at %s; last batch %,d messages in %.1f s; boards %s",
            stream.state().toLowerCase(Locale.ROOT),
            at(Instant.parse(stream.at()), zone),
            stream.lastBatchMessages(),
            stream.lastBatchSeconds(),
            stream.boardsAt() == null
                ? "not yet"
                : String.format(
                    Locale.ROOT,
                    "%s in %.1f s, %,d rows judged, %,d refused",
                    at(Instant.parse(stream.boardsAt()), zone),
                    stream.boardsSeconds(),
                    stream.silverRows(),
                    stream.silverRejects())));
    stream
        .feeds()
        .forEach(
            (source, feed) ->
                out.println(
                    String.format(
                        Locale.ROOT,
                        "  %-22s %,12d messages, %,d unreadable, %s, newest %s",
                        source,
                        feed.messages(),
                        feed.refused(),
                        stream.lag().containsKey(source)
                            ? String.format(Locale.ROOT, "%,d waiting", stream.lag().get(source))
                            : "lag not known",
                        at(Instant.ofEpochMilli(feed.lastStamp()), zone))));
  }

  private String lock(LakeFiles files) {
    Optional<RunLock.Holder> holder = RunLock.holder(files);
    if (holder.isEmpty()) {
      return "free";
    }
    Duration lease = Duration.ofSeconds(options.settings().get(RunSettings.class).leaseSeconds());
    RunLock.Holder who = holder.get();
    return "%s process %d on %s since %s"
        .formatted(
            RunLock.isDead(who, lease, Instant.now()) ? "left behind by dead" : "held by",
            who.pid(),
            who.host(),
            who.since());
  }

  private static String line(String table, String version, String rows, String written) {
    return "%-34s %8s %14s  %s".formatted(table, version, rows, written).stripTrailing();
  }

  private static String at(Instant instant, ZoneId zone) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
        .withZone(zone)
        .format(instant);
  }
}
