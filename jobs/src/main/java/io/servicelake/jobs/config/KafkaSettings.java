package io.servicelake.jobs.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The Kafka that topics of sources, dead letters and alerts lie in. */
@Section(
    value = "kafka",
    meaning =
        "The Kafka that topics of sources, dead letters and alerts lie in. Passwords come from SERVICELAKE_KAFKA_PASSWORD, SERVICELAKE_KAFKA_TRUSTSTORE_PASSWORD and SERVICELAKE_KAFKA_KEYSTORE_PASSWORD.")
public record KafkaSettings(
    @Setting(
            by = "\"127.0.0.1:19092\"",
            meaning = "Brokers to begin with, host:port, commas between.")
        String bootstrapServers,
    @Setting(
            by = "PLAINTEXT",
            oneOf = {"PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"},
            meaning = "How connections are secured.")
        String securityProtocol,
    @Setting(
            by = "SCRAM-SHA-512",
            oneOf = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"},
            meaning = "How users prove who they are under SASL.")
        String saslMechanism,
    @Setting(meaning = "User under SASL; none: no user.") Optional<String> user,
    @Setting(meaning = "File of the certificates trusted, PKCS12 or JKS; none: those of Java.")
        Optional<String> truststore,
    @Setting(meaning = "File of our own certificate, PKCS12 or JKS; none: no certificate.")
        Optional<String> keystore,
    @Setting(
            by = "{}",
            meaning =
                "Further properties of every client, names in quotation marks: {\"client.rack\": a}.")
        Map<String, String> properties,
    @Setting(
            by = "servicelake.dead-letters",
            meaning = "Topic that tells of messages which cannot be read.")
        String deadLetterTopic,
    @Setting(by = "servicelake.alerts", meaning = "Topic of alerts.") String alertTopic,
    @Setting(
            by = "200000",
            unit = "messages",
            min = 1,
            meaning = "Most messages read as one batch.")
        long maxOffsetsPerBatch,
    @Setting(
            by = "19092",
            min = 1,
            max = 65534,
            meaning =
                "Port of the broker for development on 127.0.0.1 (dev kafka start); it takes the next one too.")
        int devPort) {

  /** Refuses secrets among the properties. */
  public KafkaSettings {
    List<String> secrets = new ArrayList<>();
    for (String name : properties.keySet()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.contains("password") || lower.contains("jaas") || lower.contains("secret")) {
        secrets.add(name);
      }
    }
    if (!secrets.isEmpty()) {
      throw new IllegalArgumentException(
          "properties holds %s; secrets come from variables only".formatted(secrets));
    }
  }
}
