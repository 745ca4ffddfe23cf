package io.servicelake.jobs.cli;

import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.simulate.DirtyLevel;
import io.servicelake.jobs.simulate.OfferAnswers;
import io.servicelake.jobs.simulate.Simulation;
import io.servicelake.jobs.simulate.SimulationOptions;
import io.servicelake.jobs.simulate.SimulationSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simulate}: exports of a believable dealer group. */
@Command(
    name = "simulate",
    description = "Writes the exports of a made-up dealer group as its own system would.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SimulateCommand implements Callable<Integer> {
  @Option(
      names = "--dealers",
      paramLabel = "<count>",
      defaultValue = "8",
      description = "Dealers (default: ${DEFAULT-VALUE}).")
  private int dealers;

  @Option(
      names = "--customers",
      paramLabel = "<count>",
      defaultValue = "4000",
      description = "Customers at the start (default: ${DEFAULT-VALUE}).")
  private int customers;

  @Option(
      names = "--years",
      paramLabel = "<count>",
      defaultValue = "5",
      description = "Years of history (default: ${DEFAULT-VALUE}).")
  private int years;

  @Option(
      names = "--seed",
      paramLabel = "<number>",
      defaultValue = "1",
      description = "The same seed gives the same files (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--dirty",
      arity = "0..1",
      defaultValue = "NONE",
      fallbackValue = "ALL",
      paramLabel = "<level>",
      description =
          "Adds faults such as repeats, half files, renamed columns, wrong odometers and missing keys, each told with its"
              + " fate in the truth's fault_ledger.csv; with REPAIRABLE only faults that leave the tables as they were.")
  private DirtyLevel dirty;

  @Option(
      names = "--end-on",
      paramLabel = "<date>",
      defaultValue = "2025-12-31",
      description = "Last day of the history (default: ${DEFAULT-VALUE}).")
  private LocalDate endOn;

  @Option(
      names = "--export-on",
      paramLabel = "<date>",
      description =
          "Writes the exports of the night after this day, of the same history (default: its last day).")
  private LocalDate exportOn;

  @Option(
      names = "--answers",
      paramLabel = "<folder>",
      description =
          "Call lists of one day, as 'winback export --contacts' writes them: their customers are called, and some come once"
              + " more. The lists filled in go to its folder "
              + OfferAnswers.ANSWERED
              + ", the true effect to the truth's campaign_truth.csv.")
  private Path lists;

  @Option(
      names = "--lift",
      paramLabel = "<probability>",
      description =
          "Probability that a called customer who is reached and has a vehicle comes once more; with 0 calls have no effect (default: 0).")
  private Double lift;

  @Option(
      names = "--truth",
      paramLabel = "<folder>",
      defaultValue = ".servicelake/truth",
      description =
          "Folder of the hidden truth and the ledger of faults (default: ${DEFAULT-VALUE}).")
  private Path truth;

  @Option(
      names = "--out",
      paramLabel = "<folder>",
      defaultValue = ".servicelake/exports",
      description = "Folder of the files (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Mixin private ReplayOptions replay = new ReplayOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    refuseWhatWouldDoNothing();
    if (replay.isWanted() && Files.isDirectory(folder)) {
      return replay.play(folder.toAbsolutePath(), endOn, spec.commandLine().getOut());
    }
    SimulationOptions options = options();
    SimulationSummary summary;
    try {
      summary = Simulation.run(options, folder.toAbsolutePath(), truth.toAbsolutePath());
    } catch (IllegalArgumentException e) {
      throw new CannotException(e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        String.format(
            Locale.ROOT,
            "%,d persons, %,d repair orders, %,d rows, %,d faults in %s; hidden truth in %s",
            summary.persons(),
            summary.orders(),
            summary.rows(),
            summary.faults(),
            folder,
            truth));
    if (lists != null) {
      out.println(
          String.format(
              Locale.ROOT,
              "%,d of %,d on the call lists are called; lists filled in at %s",
              summary.called(),
              summary.listed(),
              lists.resolve(OfferAnswers.ANSWERED)));
    }
    out.flush();
    if (replay.isWanted()) {
      return replay.play(folder.toAbsolutePath(), endOn, out);
    }
    return ExitStatus.DONE;
  }

  private void refuseWhatWouldDoNothing() {
    if (lift != null && lists == null) {
      throw new ParameterException(
          spec.commandLine(),
          "Cannot simulate: --lift %s without --answers. It tells how many of those who are called come once more. Give --answers <folder>, or leave --lift out."
              .formatted(lift));
    }
    if (replay.isWanted()
        && Files.isDirectory(folder)
        && (lists != null || exportOn != null || dirty != DirtyLevel.NONE)) {
      throw new ParameterException(
          spec.commandLine(),
          "Cannot play %s with --answers, --export-on or --dirty: the exports are there already and are played as they are. These options tell how exports are made. Leave them out, or give another folder with --out."
              .formatted(folder));
    }
  }

  private SimulationOptions options() {
    try {
      return new SimulationOptions(
          dealers,
          customers,
          years,
          seed,
          endOn,
          dirty,
          exportOn == null ? endOn : exportOn,
          Optional.ofNullable(lists)
              .map(folder -> new OfferAnswers(folder.toAbsolutePath(), lift == null ? 0 : lift)));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
