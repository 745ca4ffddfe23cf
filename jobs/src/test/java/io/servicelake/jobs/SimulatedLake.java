package io.servicelake.jobs;

import io.servicelake.SparkSessionForTests;
import io.servicelake.contract.Layer;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.simulate.DirtyLevel;
import io.servicelake.jobs.simulate.Simulation;
import io.servicelake.jobs.simulate.SimulationOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A small lake of simulated exports, with the flow up to gold and the dealers' key figures. */
public final class SimulatedLake {
  /** Day the simulation ends on and the flow is run as of. */
  public static final LocalDate AS_OF = SimulationOptions.DEFAULT_END_ON;

  private static final Set<Layer> EARLY =
      EnumSet.of(Layer.BRONZE, Layer.VAULT, Layer.SILVER, Layer.GOLD, Layer.OPS);
  private static final Set<String> FIGURES =
      Set.of("serving.dealer_days", "serving.dealer_months", "serving.data_quality");

  /** Folder of the exported files. */
  public final Path exports;

  private final Path home;

  private SimulatedLake(Path home) {
    this.home = home;
    this.exports = home.resolve("exports");
  }

  /** Simulates a dealer group into a folder. */
  public static SimulatedLake in(Path home, int dealers, int customers, int years)
      throws IOException {
    SimulatedLake simulated = new SimulatedLake(home);
    Simulation.run(
        new SimulationOptions(dealers, customers, years, 3, AS_OF, DirtyLevel.NONE),
        simulated.exports,
        home.resolve("truth"));
    return simulated;
  }

  /** The settings of the folder, with some keys set. */
  public Settings settings(String... more) {
    List<String> sets = new ArrayList<>();
    sets.add("winback.offers=" + Path.of("../conf/offers").toAbsolutePath().normalize());
    sets.add("ingest.sources=" + Path.of("../conf/sources/demo").toAbsolutePath().normalize());
    sets.add("ingest.folder=" + exports);
    sets.addAll(List.of(more));
    return Settings.load(home, null, sets, Map.of());
  }

  /** A lake of a name in the folder. */
  public Lakehouse open(String name) {
    return new DeltaLakehouse(
        SparkSessionForTests.session(), home.resolve(name).toString(), 1, 1_000_000);
  }

  /** Steps up to the dealers' key figures. */
  public List<Step> steps(Settings settings) {
    return Flow.steps(settings).stream()
        .filter(
            step ->
                FIGURES.contains(step.name())
                    || step.outputs().stream().allMatch(table -> EARLY.contains(table.layer())))
        .toList();
  }

  /** Runs the steps that are chosen; fails if one does. */
  public RunResult run(Lakehouse lake, Predicate<Step> chosen, String... sets) {
    Settings settings = settings(sets);
    RunResult result =
        new FlowRunner(lake, settings, AsOf.on(AS_OF), RunListener.NONE)
            .run(steps(settings).stream().filter(chosen).toList());
    result
        .failure()
        .ifPresent(
            step -> {
              throw new IllegalStateException(step.step(), step.fault());
            });
    return result;
  }
}
