package io.servicelake.jobs.kafka;

import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.config.KafkaSettings;
import io.servicelake.jobs.config.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The properties that every Kafka client needs; secrets come from the environment alone. */
public final class KafkaConnection {
  /** Variable that holds the password of {@code kafka.user}. */
  public static final String PASSWORD = "SERVICELAKE_KAFKA_PASSWORD";

  /** Variable that holds the password of {@code kafka.truststore}. */
  public static final String TRUSTSTORE_PASSWORD = "SERVICELAKE_KAFKA_TRUSTSTORE_PASSWORD";

  /** Variable that holds the password of {@code kafka.keystore}. */
  public static final String KEYSTORE_PASSWORD = "SERVICELAKE_KAFKA_KEYSTORE_PASSWORD";

  private final String servers;
  private final Map<String, String> properties;

  private KafkaConnection(String servers, Map<String, String> properties) {
    this.servers = servers;
    this.properties = properties;
  }

  /**
   * The connection of the configuration.
   *
   * @throws CannotException naming every variable that is missing
   */
  public static KafkaConnection of(Settings settings, Map<String, String> environment) {
    return of(settings.get(KafkaSettings.class), environment, settings::resolve);
  }

  /** The connection of the section; paths of files are resolved. */
  public static KafkaConnection of(
      KafkaSettings settings, Map<String, String> environment, UnaryOperator<String> resolve) {
    Map<String, String> properties = new TreeMap<>(settings.properties());
    properties.put("bootstrap.servers", settings.bootstrapServers());
    properties.put("security.protocol", settings.securityProtocol());
    List<String> missing = new ArrayList<>();
    if (settings.securityProtocol().startsWith("SASL")) {
      settings
          .user()
          .ifPresent(
              user -> {
                properties.put("sasl.mechanism", settings.saslMechanism());
                properties.put(
                    "sasl.jaas.config",
                    "%s required username=\"%s\" password=\"%s\";"
                        .formatted(
                            settings.saslMechanism().equals("PLAIN")
                                ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                                : "org.apache.kafka.common.security.scram.ScramLoginModule",
                            quoted(user),
                            quoted(secret(PASSWORD, environment, missing))));
              });
    }
    if (settings.securityProtocol().endsWith("SSL")) {
      settings
          .truststore()
          .ifPresent(
              file -> {
                properties.put("ssl.truststore.location", resolve.apply(file));
                properties.put(
                    "ssl.truststore.password", secret(TRUSTSTORE_PASSWORD, environment, missing));
              });
      settings
          .keystore()
          .ifPresent(
              file -> {
                properties.put("ssl.keystore.location", resolve.apply(file));
                properties.put(
                    "ssl.keystore.password", secret(KEYSTORE_PASSWORD, environment, missing));
              });
    }
    if (!missing.isEmpty()) {
      throw new CannotException(
          "Cannot connect to Kafka: %s %s not set. The kafka section of the configuration needs %s, and secrets never stand there. Set them in the environment."
              .formatted(
                  String.join(", ", missing),
                  missing.size() == 1 ? "is" : "are",
                  missing.size() == 1 ? "it" : "them"));
    }
    return new KafkaConnection(settings.bootstrapServers(), properties);
  }

  /** Brokers to begin with. */
  public String servers() {
    return servers;
  }

  /** Properties of a client. */
  public Map<String, Object> client() {
    return new HashMap<>(properties);
  }

  /** Options of Spark's Kafka source. */
  public Map<String, String> sparkOptions() {
    Map<String, String> options = new TreeMap<>();
    properties.forEach((name, value) -> options.put("kafka." + name, value));
    return options;
  }

  private static String secret(
      String variable, Map<String, String> environment, List<String> missing) {
    String value = environment.getOrDefault(variable, "");
    if (value.isEmpty()) {
      missing.add(variable);
    }
    return value;
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  @Override
  public String toString() {
    return "KafkaConnection(" + servers + ")";
  }
}
