package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.jobs.simulate.DirtyLevel;
import io.servicelake.jobs.simulate.Simulation;
import io.servicelake.jobs.simulate.SimulationOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSourcesTest {
  @TempDir Path temp;

  @Test
  void everyRowOfTheSimulatedExportsHasOneFate() throws Exception {
    Path exports = temp.resolve("exports");
    Simulation.run(
        new SimulationOptions(2, 120, 2, 7, SimulationOptions.DEFAULT_END_ON, DirtyLevel.ALL),
        exports,
        temp.resolve("truth"));
    List<Mapping> mappings =
        new MappingReader(TestLake.TABLES).readFolder(Path.of("../conf/sources/demo")).orThrow();
    long start = System.nanoTime();
    TestLake lake = new TestLake(temp.resolve("lake"), mappings, exports).run();
    System.out.println("SECONDS " + (System.nanoTime() - start) / 1e9);
    lake.fates().forEach(System.out::println);
    lake.lake
        .read(io.servicelake.contract.silver.Rejects.TABLE)
        .groupBy("target_table", "reason_code", "reason")
        .count()
        .orderBy("target_table")
        .show(60, false);
    assertThat(lake.fates()).hasSize(11);
  }
}
