package io.servicelake.jobs.winback;

import static io.servicelake.jobs.winback.CampaignOfTwoDealers.nothingIsToBeDoneFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.kafka.KafkaBroker;
import io.servicelake.jobs.kafka.KafkaConnection;
import io.servicelake.jobs.kafka.KafkaForTests;
import io.servicelake.jobs.kafka.Topics;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Call lists as messages of a topic. */
class SendListsTest {
  @TempDir private Path folder;
  private Lakehouse lake;

  @BeforeEach
  void aCampaignOfTwoDealers() {
    lake = CampaignOfTwoDealers.in(folder.resolve("lake"));
  }

  @Test
  void theListsGoToATopicByPseudonymAloneAndWhoLeavesThemIsWithdrawn() throws Exception {
    KafkaBroker broker = KafkaForTests.broker(folder.resolve("kafka"));
    broker.start();
    try {
      KafkaConnection connection = KafkaForTests.connection(broker);

      // Nothing is to be done for the third, the fifth was called.
      assertThat(SendLists.send(lake, connection, "winback")).isEqualTo(new SendLists.Sent(3, 0));
      assertThat(KafkaForTests.read(broker, "winback"))
          .hasSize(3)
          .anyMatch(
              text ->
                  text.contains("\"campaign_id\":\"winback-2025-06\"")
                      && text.contains("\"customer_id\":\"c4\""))
          .noneMatch(text -> text.contains("customer_name") || text.contains("phone"));

      KafkaForTests.send(broker, "winback", "notice|c9", "of another system");
      nothingIsToBeDoneFor(lake, "c1");
      assertThat(SendLists.send(lake, connection, "winback")).isEqualTo(new SendLists.Sent(2, 1));
      assertThat(SendLists.send(lake, connection, "winback"))
          .as("what is withdrawn is not withdrawn again")
          .isEqualTo(new SendLists.Sent(2, 0));
      assertThat(KafkaForTests.messages(broker, "winback"))
          .filteredOn(message -> message.value() == null)
          .extracting(ConsumerRecord::key)
          .containsExactly("winback-2025-06|c1");

      try (Topics topics = new Topics(connection)) {
        topics.create(List.of("forgetful"));
      }
      assertThatThrownBy(() -> SendLists.send(lake, connection, "forgetful"))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("its cleanup.policy is delete");
    } finally {
      broker.stop();
    }
  }
}
