package io.servicelake.jobs.bi;

import io.servicelake.jobs.CannotException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A Superset of our own: installed below the home folder on first use, served on 127.0.0.1 by a
 * process that outlives this program, its dashboards imported from the bundle.
 */
public final class SupersetService {
  /** Where it listens if nothing else is configured. */
  public static final int DEFAULT_PORT = 18088;

  private final SupersetHome home;
  private final Path configuration;
  private final int port;
  private final Map<String, String> environment;
  private final Consumer<String> progress;
  private final SupersetSecrets secrets;
  private final SupersetServer server;

  /**
   * @param home folder of this installation; Superset's own is {@code superset} below it
   * @param configuration folder {@code conf/superset} of the product
   * @param environment of this program: secrets and names of programs may stand there
   * @param progress takes one line for the user at a time
   */
  public SupersetService(
      Path home,
      Path configuration,
      int port,
      Map<String, String> environment,
      Consumer<String> progress) {
    this.home = new SupersetHome(home.toAbsolutePath().normalize().resolve("superset"));
    this.configuration = configuration.toAbsolutePath().normalize();
    this.port = port;
    this.environment = Map.copyOf(environment);
    this.progress = progress;
    this.secrets = new SupersetSecrets(this.home.folder().resolve("keys"), environment);
    this.server = new SupersetServer(this.home, port, progress);
  }

  /**
   * Where to look and how to get in.
   *
   * @param adminPassword where the password of user {@code admin} is kept, in words
   * @param readerPassword where the password of user {@code reader} is kept, in words
   */
  public record Access(
      List<URI> dashboards, String adminPassword, String readerPassword, Path log) {}

  /**
   * Installs Superset if need be, brings its metadata and dashboards up to date, and serves it.
   * Running it again repairs and otherwise changes nothing.
   *
   * @param metadata database for Superset's own tables; its user owns it
   * @param serving database with the serving tables, as the user that may read them only
   * @throws CannotException if something is missing or fails; nothing is left half started
   */
  public Access up(DatabaseAddress metadata, DatabaseAddress serving) {
    Programs programs = new Programs(environment);
    Programs.Python python = programs.python();
    requireConfiguration();
    metadata.requireReachable();
    serving.requireReachable();
    List<String> faults = programs.browserFaults();
    if (!faults.isEmpty()) {
      progress.accept(
          "Note: bi verify will not run here (%s); dashboards work all the same."
              .formatted(String.join("; ", faults)));
    }
    return home.locked(() -> up(python, metadata, serving));
  }

  private Access up(Programs.Python python, DatabaseAddress metadata, DatabaseAddress serving)
      throws IOException {
    server.rotateLog();
    Commands commands = commands("setup.log");
    SupersetInstallation installation =
        new SupersetInstallation(home, configuration, server, progress);
    installation.install(python, commands);

    String wanted =
        SupersetHome.fingerprint(
            Files.readString(configuration.resolve("superset_config.py")),
            installation.wanted(),
            metadata.sqlAlchemyUri(),
            metadata.password(),
            secrets.of(SupersetSecret.SECRET_KEY),
            String.valueOf(port));
    boolean isCurrent = server.runsWith(wanted);
    if (!isCurrent) {
      if (server.stop()) {
        progress.accept("Stopped the server that ran with other settings");
      }
      server.requireFreePort();
      progress.accept("Preparing Superset's metadata in " + metadata);
      commands.run(
          "prepare Superset's metadata",
          home.folder(),
          serverEnvironment(metadata),
          List.of(home.tool("superset"), "db", "upgrade"));
    }

    progress.accept("Importing the dashboards over " + serving);
    Map<String, String> importing = new HashMap<>(serverEnvironment(metadata));
    for (SupersetSecret secret : SupersetSecret.values()) {
      importing.put(secret.variable(), secrets.of(secret));
    }
    importing.put("SERVICELAKE_SERVING_URI", serving.sqlAlchemyUri());
    importing.put("SERVICELAKE_BI_PASSWORD", serving.password());
    commands.run(
        "import the dashboards",
        home.folder(),
        importing,
        List.of(
            home.tool("python"),
            configuration.resolve("apply.py").toString(),
            configuration.resolve("bundle").toString()));

    if (!isCurrent) {
      server.start(commands, serverEnvironment(metadata), wanted);
    }
    return access();
  }

  /** Where it is served and how to get in, whether it runs or not. */
  public Access access() {
    return new Access(
        SupersetBundle.slugs().stream().map(server::dashboard).toList(),
        secrets.whereabouts(SupersetSecret.ADMIN_PASSWORD),
        secrets.whereabouts(SupersetSecret.READER_PASSWORD),
        home.serverLog());
  }

  private Map<String, String> serverEnvironment(DatabaseAddress metadata) {
    return Map.of(
        "SUPERSET_CONFIG_PATH",
        configuration.resolve("superset_config.py").toString(),
        "FLASK_APP",
        "superset.app:create_app()",
        "SCARF_ANALYTICS",
        "false",
        "SUPERSET_HOME",
        home.folder().resolve("data").toString(),
        SupersetSecret.SECRET_KEY.variable(),
        secrets.of(SupersetSecret.SECRET_KEY),
        "SERVICELAKE_SUPERSET_DB_URI",
        metadata.sqlAlchemyUri(),
        "SERVICELAKE_SUPERSET_DB_PASSWORD",
        metadata.password());
  }

  /** Stops the server; false if none was running. */
  public boolean down() {
    if (!Files.isDirectory(home.folder())) {
      return false;
    }
    return home.locked(server::stop);
  }

  /**
   * Opens every dashboard in headless Chromium as user {@code reader}, and asks for each chart's
   * data as administrator.
   *
   * @param picture PNG file to write, tabs below one another; further dashboards get their name
   *     added
   * @return the pictures
   * @throws CannotException if a chart is broken, or empty though it always has something to show,
   *     or something to open it with is missing
   */
  public List<Path> verify(Path picture) {
    Programs.Browser browser = new Programs(environment).browser();
    requireConfiguration();
    if (!server.isUp()) {
      throw new CannotException(
          "Cannot verify a dashboard: no Superset of %s answers at %s. It is not running. Use: servicelake bi up"
              .formatted(home.folder(), server.address().getAuthority()));
    }
    DashboardCheck check = new DashboardCheck(home, configuration, server, secrets, progress);
    return home.locked(
        () -> check.verify(browser, picture.toAbsolutePath().normalize(), commands("verify.log")));
  }

  private Commands commands(String log) {
    return new Commands(home.folder().resolve(log), environment, progress);
  }

  private void requireConfiguration() {
    List<String> missing =
        List.of(
                "requirements.txt",
                "constraints.txt",
                "superset_config.py",
                "apply.py",
                "verify.mjs",
                "package.json",
                "bundle/metadata.yaml")
            .stream()
            .filter(name -> !Files.isRegularFile(configuration.resolve(name)))
            .toList();
    if (!missing.isEmpty()) {
      throw new CannotException(
          "Cannot use Superset: %s lacks %s. These files come with the product. Restore them from the repository."
              .formatted(configuration, String.join(", ", missing)));
    }
  }
}
