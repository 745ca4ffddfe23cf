package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaTopicReaderTest {
  @TempDir Path temp;

  @Test
  void theShippedTopicsStandBesideTheHistoryOfTheDemo() {
    MappingReader reader = new MappingReader(IngestSteps.TABLES);
    List<Mapping> stream =
        reader
            .readFolders(
                List.of(Path.of("../conf/sources/demo"), Path.of("../conf/sources/demo-stream")))
            .orThrow();

    assertThat(stream.stream().filter(mapping -> mapping.kafka().isEmpty())).isNotEmpty();
    assertThat(stream.stream().flatMap(mapping -> mapping.kafka().stream()))
        .extracting(KafkaTopic::topic)
        .containsExactlyInAnyOrderElementsOf(StreamEvents.TOPICS);
  }

  @Test
  void allFaultsOfATopicAreToldAtOnce() throws IOException {
    Path file = temp.resolve("s.conf");
    Files.writeString(
        file,
        """
        source = s
        files = ["*.csv"]
        zone = UTC
        kafka {
          topic = "a topic", schema_versions = [1, x], since { tier = 3 }, unknown_fields = keep
          group = g
        }
        targets.dealers.columns {}
        """);

    assertThat(new MappingReader(IngestSteps.TABLES).read(file).faults())
        .extracting(MappingFault::toString)
        .anyMatch(fault -> fault.contains("kafka.topic: 'a topic' is no topic"))
        .anyMatch(fault -> fault.contains("kafka.schema_versions: 'x' is no version"))
        .anyMatch(fault -> fault.contains("kafka.since.tier: '3' is none of schema_versions"))
        .anyMatch(fault -> fault.contains("kafka.unknown_fields: 'keep' is no answer"))
        .anyMatch(fault -> fault.contains("kafka.group: there is no such key"))
        .anyMatch(fault -> fault.contains("files and kafka stand together"));
  }
}
