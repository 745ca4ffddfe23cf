package io.servicelake.jobs.serve;

import io.servicelake.jobs.CannotException;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * A PostgreSQL database and the user to enter it with.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, without user and password
 * @param password never shown by {@link #toString()}
 */
public record ServingTarget(String url, String user, String password) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Environment variable with the URL of a PostgreSQL that is not ours. */
  public static final String URL_VARIABLE = "SERVICELAKE_SERVING_URL";

  /** Environment variable with the user that publishes there. */
  public static final String USER_VARIABLE = "SERVICELAKE_SERVING_USER";

  /** Environment variable with that user's password. */
  public static final String PASSWORD_VARIABLE = "SERVICELAKE_SERVING_PASSWORD";

  private static final String PREFIX = "jdbc:postgresql:";

  public ServingTarget {
    List<String> faults = new ArrayList<>();
    if (url == null || !url.startsWith(PREFIX)) {
      faults.add("the URL does not begin with " + PREFIX + "//host:port/database");
    } else if (url.toLowerCase(Locale.ROOT).matches(".*([?&](user|password)=|//[^/]*@).*")) {
      faults.add("the URL carries a user or a password, which belong in their own settings");
    }
    if (user == null || user.isBlank()) {
      faults.add("the user is missing");
    }
    if (password == null || password.isEmpty()) {
      faults.add("the password is missing");
    }
    if (!faults.isEmpty()) {
      throw new CannotException(
          "Cannot use the serving database: %s. A PostgreSQL needs a URL, a user and a password. Set %s, %s and %s, or none of them to use the server that comes along."
              .formatted(
                  String.join("; ", faults), URL_VARIABLE, USER_VARIABLE, PASSWORD_VARIABLE));
    }
  }

  /** The database that the environment names; empty if it names none. */
  public static Optional<ServingTarget> fromEnvironment(Map<String, String> environment) {
    String url = environment.getOrDefault(URL_VARIABLE, "");
    String user = environment.getOrDefault(USER_VARIABLE, "");
    String password = environment.getOrDefault(PASSWORD_VARIABLE, "");
    if (url.isBlank() && user.isBlank() && password.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(new ServingTarget(url.strip(), user.strip(), password));
  }

  /** The target as a text that may be shown. */
  @Override
  public String toString() {
    return user + " at " + url;
  }

  /** A new connection in UTC, shown in the server's activity under that application name. */
  Connection connect(String applicationName) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", applicationName);
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    // Details of an error may quote a row.
    properties.setProperty("logServerErrorDetail", "false");
    properties.setProperty("options", "-c TimeZone=UTC");
    return new Driver().connect(url, properties);
  }
}
