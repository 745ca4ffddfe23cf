package io.servicelake.jobs.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  @TempDir Path temp;

  @Test
  void aWeekIsPlayedInOrderAtTheSpeedAskedForWithEveryFieldOfItsVersion() throws Exception {
    LocalDate end = LocalDate.of(2025, 6, 30);
    Simulation.run(
        new SimulationOptions(2, 200, 1, 3, end, DirtyLevel.NONE),
        temp.resolve("exports"),
        temp.resolve("truth"));
    List<String> sent = new ArrayList<>();
    Duration[] waited = {Duration.ZERO};

    long count =
        new Replay(temp.resolve("exports"))
            .play(
                end.minusDays(6),
                end,
                1440,
                (topic, key, text) -> sent.add(topic + " " + key + " " + text),
                time -> waited[0] = waited[0].plus(time));

    assertThat(sent).hasSize((int) count).isNotEmpty();
    assertThat(waited[0]).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(7));
    assertThat(sent)
        .filteredOn(text -> text.startsWith("servicelake.repair-orders "))
        .isNotEmpty()
        .allMatch(text -> text.contains("\"schema_version\":2") && text.contains("\"quote\":"));
    assertThat(sent)
        .filteredOn(text -> text.startsWith("servicelake.vehicle-readings "))
        .isNotEmpty()
        .allMatch(text -> text.contains("\"read_at\":\"2025-0"));
    List<String> stamps =
        sent.stream()
            .map(text -> text.replaceAll(".*\"(changed_at|sent_at)\":\"([^\"]*)\".*", "$2"))
            .toList();
    assertThat(stamps).isSorted();
  }
}
