package io.servicelake.jobs.bi;

import io.servicelake.jobs.CannotException;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.postgresql.Driver;

/**
 * A PostgreSQL database as Superset reaches it.
 *
 * @param options of the URL that libpq knows by the same name ({@code sslmode=require}), as {@code
 *     key=value}; may be empty
 * @param password never shown by {@link #toString()}
 */
public record DatabaseAddress(
    String host, int port, String database, List<String> options, String user, String password) {
  private static final String PREFIX = "jdbc:";
  private static final int DEFAULT_PORT = 5432;
  private static final List<String> SHARED_OPTIONS = List.of("sslmode", "sslrootcert");

  /**
   * The address behind a JDBC URL; options other than those of TLS are the driver's own and left
   * out.
   *
   * @throws CannotException if it is no URL of a PostgreSQL
   */
  public static DatabaseAddress of(String jdbcUrl, String user, String password) {
    try {
      URI uri = new URI(jdbcUrl.startsWith(PREFIX) ? jdbcUrl.substring(PREFIX.length()) : "");
      if ("postgresql".equals(uri.getScheme())
          && uri.getHost() != null
          && uri.getPath().length() > 1) {
        return new DatabaseAddress(
            uri.getHost(),
            uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
            uri.getPath().substring(1),
            uri.getQuery() == null ? List.of() : sharedOptions(uri.getQuery()),
            user,
            password);
      }
    } catch (URISyntaxException e) {
      // Told below; the exception would show the URL.
    }
    throw new CannotException(
        "Cannot point Superset to the database: its URL is not jdbc:postgresql://host:port/database. Superset reads PostgreSQL. Correct the URL.");
  }

  private static List<String> sharedOptions(String query) {
    return Arrays.stream(query.split("&"))
        .filter(option -> SHARED_OPTIONS.contains(option.split("=", 2)[0]))
        .toList();
  }

  /**
   * Connects once, so that a wrong address is told in plain words before anything is started.
   *
   * @throws CannotException if the database does not let the user in
   */
  void requireReachable() {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "10");
    String url = "jdbc:postgresql://%s:%d/%s%s".formatted(host, port, database, query());
    try (Connection connection = new Driver().connect(url, properties)) {
      connection.setReadOnly(true);
    } catch (SQLException e) {
      throw new CannotException(
          "Cannot reach the database of %s: %s. Superset needs it before it starts. Start the database (servicelake db start), or correct its address, user and password."
              .formatted(
                  this,
                  String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given")),
          e);
    }
  }

  private String query() {
    return options.isEmpty() ? "" : options.stream().collect(Collectors.joining("&", "?", ""));
  }

  /** The address in SQLAlchemy's words, without the password. */
  String sqlAlchemyUri() {
    return "postgresql+psycopg2://%s@%s:%d/%s%s".formatted(user, host, port, database, query());
  }

  @Override
  public String toString() {
    return "%s at %s:%d/%s".formatted(user, host, port, database);
  }
}
