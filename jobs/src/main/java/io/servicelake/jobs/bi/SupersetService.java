package io.servicelake.jobs.bi;

import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.io.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A Superset of our own: installed below the home folder on first use, served on 127.0.0.1 by a
 * process that outlives this program, its dashboards imported from the bundle.
 */
public final class SupersetService {
  /** Where it listens if nothing else is configured. */
  public static final int DEFAULT_PORT = 18088;

  private static final String HOST = "127.0.0.1";
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
  private static final Waiting WAITING = new Waiting("Superset", Duration.ofMillis(300));
  private static final long LOG_BYTES_KEPT = 20_000_000;

  private final Path home;
  private final Path configuration;
  private final int port;
  private final Map<String, String> environment;
  private final Consumer<String> progress;
  private final SupersetSecrets secrets;

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
    this.home = home.toAbsolutePath().normalize().resolve("superset");
    this.configuration = configuration.toAbsolutePath().normalize();
    this.port = port;
    this.environment = Map.copyOf(environment);
    this.progress = progress;
    this.secrets = new SupersetSecrets(this.home.resolve("keys"), environment);
  }

  /**
   * Where to look and how to get in.
   *
   * @param adminPassword where the password of user {@code admin} is kept, in words
   * @param readerPassword where the password of user {@code reader} is kept, in words
   */
  public record Access(
      List<URI> dashboards, String adminPassword, String readerPassword, Path log) {}

  // ---- up ----

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
    return locked(() -> up(python, metadata, serving));
  }

  private Access up(Programs.Python python, DatabaseAddress metadata, DatabaseAddress serving)
      throws IOException {
    rotate(serverLog());
    Commands commands = new Commands(home.resolve("setup.log"), environment, progress);
    install(python, commands);

    String wanted =
        fingerprint(
            Files.readString(configuration.resolve("superset_config.py")),
            installedMark(),
            metadata.sqlAlchemyUri(),
            metadata.password(),
            secrets.of(SupersetSecret.SECRET_KEY),
            String.valueOf(port));
    boolean isCurrent = server().isPresent() && wanted.equals(read(stateFile()).orElse(""));
    if (!isCurrent) {
      if (stopServer()) {
        progress.accept("Stopped the server that ran with other settings");
      }
      requireFreePort();
      progress.accept("Preparing Superset's metadata in " + metadata);
      commands.run(
          "prepare Superset's metadata",
          home,
          serverEnvironment(metadata),
          List.of(tool("superset"), "db", "upgrade"));
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
        home,
        importing,
        List.of(
            tool("python"),
            configuration.resolve("apply.py").toString(),
            configuration.resolve("bundle").toString()));

    if (!isCurrent) {
      start(commands, serverEnvironment(metadata));
      Files.writeString(stateFile(), wanted);
    }
    return access();
  }

  /** Where it is served and how to get in, whether it runs or not. */
  public Access access() {
    return new Access(
        SupersetBundle.slugs().stream().map(this::dashboardUri).toList(),
        secrets.whereabouts(SupersetSecret.ADMIN_PASSWORD),
        secrets.whereabouts(SupersetSecret.READER_PASSWORD),
        serverLog());
  }

  private void install(Programs.Python python, Commands commands) throws IOException {
    Path mark = home.resolve("venv/installed");
    String wanted = installedMark();
    if (wanted.equals(read(mark).orElse("")) && Files.isExecutable(Path.of(tool("gunicorn")))) {
      return;
    }
    if (stopServer()) {
      progress.accept("Stopped the server: it is installed anew");
    }
    progress.accept(
        "Installing Superset with Python %s into %s: once, some minutes and 1 GB; log in setup.log"
            .formatted(python.version(), home.resolve("venv")));
    commands.run(
        "make a Python environment",
        home,
        Map.of(),
        List.of(
            python.path().toString(), "-m", "venv", "--clear", home.resolve("venv").toString()));
    commands.run(
        "install Superset",
        home,
        Map.of(),
        List.of(
            tool("python"),
            "-m",
            "pip",
            "install",
            "--no-input",
            "--requirement",
            configuration.resolve("requirements.txt").toString(),
            "--constraint",
            configuration.resolve("constraints.txt").toString()));
    Files.writeString(mark, wanted);
  }

  private String installedMark() throws IOException {
    return fingerprint(
        Files.readString(configuration.resolve("requirements.txt")),
        Files.readString(configuration.resolve("constraints.txt")));
  }

  private void start(Commands commands, Map<String, String> serverEnvironment) {
    progress.accept("Starting Superset on %s:%d".formatted(HOST, port));
    commands.run(
        "start Superset",
        home,
        serverEnvironment,
        List.of(
            tool("gunicorn"),
            "--workers",
            "1",
            "--worker-class",
            "gthread",
            "--threads",
            "8",
            "--timeout",
            "120",
            "--bind",
            "%s:%d".formatted(HOST, port),
            "--daemon",
            "--pid",
            pidFile().toString(),
            "--error-logfile",
            serverLog().toString(),
            "--capture-output",
            "superset.app:create_app()"));
    Instant begun = Instant.now();
    boolean isUp =
        WAITING.isTrueWithin(
            START_PATIENCE,
            () -> isHealthy() || hasGivenUp(Duration.between(begun, Instant.now())));
    if (!isUp || server().isEmpty() || !isHealthy()) {
      stopServer();
      throw new CannotException(
          "Cannot start Superset on port %d: it does not answer. Its last words:%n%s%nThe whole log is %s. Correct the cause, then try again."
              .formatted(port, Commands.tail(serverLog()), serverLog()));
    }
  }

  /** True if the server wrote its pid file and went, or never wrote one. */
  private boolean hasGivenUp(Duration waited) {
    return waited.compareTo(Duration.ofSeconds(10)) > 0 && server().isEmpty();
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
        home.resolve("data").toString(),
        SupersetSecret.SECRET_KEY.variable(),
        secrets.of(SupersetSecret.SECRET_KEY),
        "SERVICELAKE_SUPERSET_DB_URI",
        metadata.sqlAlchemyUri(),
        "SERVICELAKE_SUPERSET_DB_PASSWORD",
        metadata.password());
  }

  // ---- down ----

  /** Stops the server; false if none was running. */
  public boolean down() {
    if (!Files.isDirectory(home)) {
      return false;
    }
    return locked(this::stopServer);
  }

  /** True if the server runs and answers. */
  public boolean isUp() {
    return server().isPresent() && isHealthy();
  }

  private boolean stopServer() {
    Optional<ProcessHandle> server = server();
    try {
      Files.deleteIfExists(stateFile());
      if (server.isEmpty()) {
        Files.deleteIfExists(pidFile());
        return false;
      }
      List<ProcessHandle> family = new ArrayList<>(server.get().descendants().toList());
      family.add(server.get());
      server.get().destroy();
      BooleanSupplier isGone = () -> family.stream().noneMatch(ProcessHandle::isAlive);
      if (!WAITING.isTrueWithin(STOP_PATIENCE, isGone)) {
        family.forEach(ProcessHandle::destroyForcibly);
        WAITING.isTrueWithin(STOP_PATIENCE, isGone);
      }
      Files.deleteIfExists(pidFile());
      return true;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The process of the pid file, if it is our server: pids are used again. */
  private Optional<ProcessHandle> server() {
    try {
      return read(pidFile())
          .map(Long::parseLong)
          .flatMap(ProcessHandle::of)
          .filter(ProcessHandle::isAlive)
          .filter(
              process ->
                  process
                      .info()
                      .commandLine()
                      .filter(line -> line.contains(tool("gunicorn")))
                      .isPresent());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  // ---- verify ----

  /**
   * Opens every dashboard in headless Chromium as user {@code reader}, and asks for each chart's
   * data as administrator.
   *
   * @param picture PNG file to write; further dashboards get their name added
   * @return the pictures
   * @throws CannotException if a chart is empty or broken, or something to open it with is missing
   */
  public List<Path> verify(Path picture) {
    Programs.Browser browser = new Programs(environment).browser();
    requireConfiguration();
    if (!isUp()) {
      throw new CannotException(
          "Cannot verify a dashboard: no Superset of %s answers at %s:%d. It is not running. Use: servicelake bi up"
              .formatted(home, HOST, port));
    }
    return locked(() -> verify(browser, picture.toAbsolutePath().normalize()));
  }

  private List<Path> verify(Programs.Browser browser, Path picture) throws IOException {
    Commands commands = new Commands(home.resolve("verify.log"), environment, progress);
    Path folder = home.resolve("node");
    Files.createDirectories(folder);
    Files.createDirectories(picture.getParent());
    prepareNode(browser, folder, commands);
    List<Path> pictures = new ArrayList<>();
    for (String slug : SupersetBundle.slugs()) {
      Path target = pictures.isEmpty() ? picture : withName(picture, slug);
      progress.accept("Opening " + dashboardUri(slug));
      Commands.Result result =
          commands.runShowing(
              "verify dashboard " + slug,
              folder,
              Map.of(
                  SupersetSecret.ADMIN_PASSWORD.variable(),
                  secrets.of(SupersetSecret.ADMIN_PASSWORD),
                  SupersetSecret.READER_PASSWORD.variable(),
                  secrets.of(SupersetSecret.READER_PASSWORD)),
              List.of(
                  browser.node().toString(),
                  "verify.mjs",
                  "http://%s:%d".formatted(HOST, port),
                  slug,
                  target.toString(),
                  browser.chromium().toString()));
      if (result.exitCode() != 0) {
        throw new CannotException(
            "Cannot call dashboard %s good: %s. A chart that shows nothing says that its table is empty or was not published. Publish the tables, then try again; the server's log is %s."
                .formatted(slug, faults(result), serverLog()));
      }
      pictures.add(target);
    }
    return pictures;
  }

  private void prepareNode(Programs.Browser browser, Path folder, Commands commands)
      throws IOException {
    Path packages = configuration.resolve("package.json");
    Files.copy(
        configuration.resolve("verify.mjs"),
        folder.resolve("verify.mjs"),
        StandardCopyOption.REPLACE_EXISTING);
    Path mark = folder.resolve("installed");
    String wanted = fingerprint(Files.readString(packages));
    if (wanted.equals(read(mark).orElse(""))) {
      return;
    }
    Files.copy(packages, folder.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
    progress.accept("Installing the browser driver into " + folder + ": once");
    commands.run(
        "install the browser driver",
        folder,
        Map.of(),
        List.of(
            browser.npm().toString(), "install", "--no-audit", "--no-fund", "--no-package-lock"));
    Files.writeString(mark, wanted);
  }

  private static String faults(Commands.Result result) {
    List<String> faults =
        result.lines().stream()
            .filter(line -> line.startsWith("FAULT "))
            .map(line -> line.substring("FAULT ".length()))
            .toList();
    return faults.isEmpty()
        ? "the browser driver ended with exit code %d, last words: %s"
            .formatted(
                result.exitCode(),
                result.lines().isEmpty() ? "none" : result.lines().get(result.lines().size() - 1))
        : String.join("; ", faults);
  }

  private static Path withName(Path picture, String slug) {
    String name = picture.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return picture.resolveSibling(
        dot < 0 ? name + "-" + slug : name.substring(0, dot) + "-" + slug + name.substring(dot));
  }

  // ---- files, port, lock ----

  private URI dashboardUri(String slug) {
    return URI.create("http://%s:%d/superset/dashboard/%s/".formatted(HOST, port, slug));
  }

  private String tool(String name) {
    return home.resolve("venv/bin").resolve(name).toString();
  }

  private Path pidFile() {
    return home.resolve("superset.pid");
  }

  /** Holds the fingerprint of the settings the running server was started with. */
  private Path stateFile() {
    return home.resolve("superset.state");
  }

  private Path serverLog() {
    return home.resolve("server.log");
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

  private void requireFreePort() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
    } catch (IOException e) {
      throw new CannotException(
          "Cannot start Superset: port %d of %s is taken. Another program listens there. Stop that program, or configure another port."
              .formatted(port, HOST),
          e);
    }
  }

  private boolean isHealthy() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://%s:%d/health".formatted(HOST, port)))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .connectTimeout(Duration.ofSeconds(2))
              .version(HttpClient.Version.HTTP_1_1)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 && answer.body().strip().equals("OK");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw WAITING.interrupted(e);
    }
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  /** One at a time: the lock is freed by the system if this process dies. */
  private <T> T locked(Work<T> work) {
    Path file = home.resolve("superset.lock");
    try {
      Files.createDirectories(home);
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock()) {
        if (lock == null) {
          throw new CannotException(
              "Cannot go on: %s is held. Another process installs, starts, stops or verifies Superset. Wait for it, then try again."
                  .formatted(file));
        }
        return work.run();
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private CannotException unusable(IOException e) {
    return new CannotException(
        "Cannot use %s: %s. The folder has to be writable for this user. Correct its owner, or choose another home."
            .formatted(home, e.toString()),
        e);
  }

  private static void rotate(Path log) throws IOException {
    if (Files.exists(log) && Files.size(log) > LOG_BYTES_KEPT) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CannotException(
          "Cannot read %s: %s. It is one of Superset's own small files. Correct its owner, or delete it."
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  private static String fingerprint(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
