package io.servicelake.jobs.serve;

import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.io.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our own PostgreSQL server: outlives the process that started it, keeps its data in {@code
 * <home>/pgdata}, listens on 127.0.0.1 only and asks everyone for a password. Every method may be
 * called again, and by several processes at once.
 */
public final class PostgresDaemon {
  /** The port when none is configured. */
  public static final int DEFAULT_PORT = 15432;

  private static final Logger LOG = LoggerFactory.getLogger(PostgresDaemon.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Waiting WAITING = new Waiting("PostgreSQL", Duration.ofMillis(50));
  private static final long LOG_BYTES_KEPT = 10_000_000;
  private static final int LAUNCHES = 3;
  private static final String UNFINISHED = "pgdata.unfinished";

  private final Path home;
  private final int port;
  private final DatabasePasswords passwords;
  private final List<RunAs> candidates;

  /**
   * @param home folder for programs, data and key files; made at the first start
   * @param port the one port to listen on
   */
  public PostgresDaemon(Path home, int port) {
    this(home, port, System.getenv(), RunAs.candidates());
  }

  PostgresDaemon(Path home, int port, Map<String, String> environment, List<RunAs> candidates) {
    this.home = home.toAbsolutePath().normalize();
    this.port = port;
    this.passwords = new DatabasePasswords(this.home.resolve("secrets"), environment);
    this.candidates = List.copyOf(candidates);
  }

  /** What the server is doing. */
  public enum State {
    STOPPED,
    STARTING,
    RUNNING
  }

  /**
   * The server as found.
   *
   * @param pid process of the server; 0 when stopped
   * @param port the port it listens on, or would
   */
  public record Status(State state, long pid, int port, Path dataFolder, Path logFile) {}

  /**
   * Starts the server, or finds it running; databases and roles exist afterwards and have the
   * passwords of the environment or the key files.
   *
   * @throws CannotException if it cannot run here, with the reason
   */
  public ConnectionInfo start() {
    return withLock(this::startLocked);
  }

  /** Ends all sessions and stops the server; nothing happens if it does not run. */
  public void stop() {
    if (Files.isDirectory(home)) {
      withLock(this::stopLocked);
    }
  }

  /** Whether the server runs, as told by its pid file and the process behind it. */
  public Status status() {
    Path data = dataFolder();
    return runningServer()
        .map(
            server ->
                new Status(
                    server.isReady() ? State.RUNNING : State.STARTING,
                    server.pid(),
                    server.port(),
                    data,
                    logFile(data)))
        .orElse(new Status(State.STOPPED, 0, port, data, logFile(data)));
  }

  /** How to reach the server, whether it runs or not. */
  public ConnectionInfo connectionInfo() {
    return new ConnectionInfo(port, passwords);
  }

  // ---- start and stop ----

  private ConnectionInfo startLocked() throws IOException {
    Status status = status();
    if (status.state() == State.STOPPED) {
      launch();
    } else if (status.port() != port) {
      throw new CannotException(
          "Cannot start PostgreSQL on port %d: the server of %s runs on port %d (process %d). One data folder has one server. Stop it first, or keep its port."
              .formatted(port, home, status.port(), status.pid()));
    }
    waitUntilReady();
    ConnectionInfo connection = connectionInfo();
    new DatabaseSetup(connection).apply();
    return connection;
  }

  private Optional<Server> stopLocked() {
    Optional<Server> server = runningServer();
    if (server.isPresent()) {
      long pid = server.get().pid();
      // What pg_ctl stop -m fast sends; it needs no program and no change of user.
      Shell.Result sent = Shell.run(Path.of("/"), List.of("/bin/sh", "-c", "kill -INT " + pid));
      if (!sent.isOk() || !WAITING.isTrueWithin(PATIENCE, () -> !isServer(pid))) {
        throw new CannotException(
            "Cannot stop PostgreSQL: process %d still runs. %s See %s, or end the process by hand."
                .formatted(
                    pid,
                    sent.isOk()
                        ? "It did not end within %d seconds.".formatted(PATIENCE.toSeconds())
                        : "The signal was refused: " + sent.tail() + ".",
                    logFile(dataFolder())));
      }
    }
    return server;
  }

  private void launch() throws IOException {
    Place place = choosePlace();
    Path programs = PostgresBinaries.unpackedIn(place.base().resolve("postgres"));
    removeStalePidFile(place.data());
    if (!Files.exists(place.data().resolve("PG_VERSION"))) {
      initialise(place, programs);
    }
    requireVersion(place.data());
    own(place.data(), place.runAs());
    writeConfiguration(place);
    requireFreePort();
    rotateLog(place);
    for (int launch = 1; ; launch++) {
      Shell.Result result =
          Shell.run(
              place.base(),
              place
                  .runAs()
                  .command(
                      List.of(
                          programs.resolve("bin/pg_ctl").toString(),
                          "start",
                          "-D",
                          place.data().toString(),
                          "-l",
                          logFile(place.data()).toString(),
                          "-w",
                          "-t",
                          String.valueOf(PATIENCE.toSeconds()))));
      if (result.isOk()) {
        return;
      }
      String log = logTail(place.data());
      // Children of a server that was killed hold its shared memory for a moment.
      if (launch == LAUNCHES || !log.contains("shared memory block")) {
        throw new CannotException(
            "Cannot start PostgreSQL in %s (as %s): %s\n%s\nThe server gave the reason above. Correct it and start again; the whole log is in %s."
                .formatted(
                    place.data(), place.runAs().name(), result.tail(), log, logFile(place.data())));
      }
      pause(Duration.ofSeconds(1));
    }
  }

  /** Which user the server runs as and where its files are. */
  private record Place(RunAs runAs, Path base, Path data) {}

  private Place choosePlace() throws IOException {
    List<String> reasons = new ArrayList<>();
    List<RunAs> ways = new ArrayList<>();
    if (RunAs.isRoot() && !Files.getOwner(home).equals(RunAs.self())) {
      // Root at work in a user's home: the server is that user's.
      RunAs.otherUser(Files.getOwner(home).getName()).ifPresent(ways::add);
    }
    ways.addAll(candidates);
    for (RunAs candidate : ways) {
      if (!candidate.works()) {
        reasons.add(candidate.name() + " does not work here");
        continue;
      }
      boolean isHomePassable = candidate.canEnter(home);
      if (!isHomePassable && candidate.owner().isEmpty()) {
        reasons.add("%s may not enter %s".formatted(candidate.name(), home));
        continue;
      }
      Path base = isHomePassable ? home : passableFolder();
      Path link = home.resolve("pgdata");
      if (!isHomePassable && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
        Files.createSymbolicLink(link, base.resolve("pgdata"));
      }
      Path data = dataFolder();
      if (!candidate.canEnter(data.getParent())) {
        reasons.add("%s may not enter %s".formatted(candidate.name(), data.getParent()));
        continue;
      }
      return new Place(candidate, base, data);
    }
    throw new CannotException(
        "Cannot start PostgreSQL: %s. It refuses to run as root, and no way to run it as somebody else was found. Run as an ordinary user, or use a PostgreSQL of your own (%s)."
            .formatted(String.join("; ", reasons), ServingTarget.URL_VARIABLE));
  }

  /** A folder outside of the home for a server whose user may not enter the home. */
  private Path passableFolder() throws IOException {
    Path shared = Path.of("/var/tmp");
    Path parent =
        Files.isDirectory(shared) ? shared : Path.of(System.getProperty("java.io.tmpdir"));
    Path folder = parent.resolve("servicelake-" + nameOf(home));
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      PostgresBinaries.createPublicFolders(folder);
    }
    UserPrincipal owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) || !owner.equals(RunAs.self())) {
      throw new CannotException(
          "Cannot keep PostgreSQL's files in %s: it belongs to %s. Only a folder of this user is safe. Remove it, or put the lake where every user may pass."
              .formatted(folder, owner.getName()));
    }
    return folder;
  }

  private static String nameOf(Path folder) {
    return UUID.nameUUIDFromBytes(folder.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  private void initialise(Place place, Path programs) throws IOException {
    Path draft = place.data().resolveSibling(UNFINISHED);
    PostgresBinaries.deleteTree(draft);
    PostgresBinaries.createPublicFolders(draft.getParent());
    Files.createDirectory(draft);
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwx------"));
    own(draft, place.runAs());
    Path passwordFile =
        Files.createTempFile(
            place.base(),
            ".password-",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(passwordFile, passwords.of(DatabaseRole.ADMINISTRATOR) + "\n");
      own(passwordFile, place.runAs());
      Shell.Result result =
          Shell.run(
              place.base(),
              place
                  .runAs()
                  .command(
                      List.of(
                          programs.resolve("bin/initdb").toString(),
                          "--pgdata=" + draft,
                          "--username=" + DatabaseRole.ADMINISTRATOR.roleName(),
                          "--pwfile=" + passwordFile,
                          "--auth=scram-sha-256",
                          "--encoding=UTF8",
                          "--locale=C",
                          "--locale-provider=builtin",
                          "--builtin-locale=C.UTF-8")));
      if (!result.isOk()) {
        throw new CannotException(
            "Cannot set up PostgreSQL in %s (as %s):\n%s\nThe program gave the reason above. Correct it and start again."
                .formatted(place.data(), place.runAs().name(), result.tail()));
      }
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    Files.deleteIfExists(place.data());
    Files.move(draft, place.data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void requireVersion(Path data) throws IOException {
    String version = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!version.equals(PostgresBinaries.majorVersion())) {
      throw new CannotException(
          "Cannot start PostgreSQL %s: %s was written by version %s. A version reads only its own files. Move the folder away; the next publish fills a new one (dashboards made by hand have to be exported first)."
              .formatted(PostgresBinaries.version(), data, version));
    }
  }

  /** Hands files to the user the server runs as; the folder itself last, so that a break shows. */
  private void own(Path path, RunAs runAs) throws IOException {
    UserPrincipal wanted =
        runAs.owner().isPresent()
            ? path.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(runAs.owner().get())
            : RunAs.self();
    if (Files.getOwner(path).equals(wanted)) {
      return;
    }
    if (!RunAs.isRoot()) {
      throw new CannotException(
          "Cannot start PostgreSQL: %s belongs to %s. The server runs only on files of its own user. Start it as that user, or hand the folder over."
              .formatted(path, Files.getOwner(path).getName()));
    }
    try (Stream<Path> paths = Files.walk(path)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.setAttribute(each, "posix:owner", wanted, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private void writeConfiguration(Place place) throws IOException {
    write(
        place,
        "postgresql.conf",
        """
        # Written at every start. Settings of your own belong into postgresql.local.conf.
        listen_addresses = '%s'
        port = %d
        unix_socket_directories = ''
        password_encryption = 'scram-sha-256'
        max_connections = 80
        shared_buffers = '128MB'
        max_wal_size = '1GB'
        # One server, no copies of it: the smallest write-ahead log.
        wal_level = minimal
        max_wal_senders = 0
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_line_prefix = '%%m [%%p] %%q%%u@%%d '
        # Details of an error may quote a row.
        log_error_verbosity = terse
        include_if_exists = 'postgresql.local.conf'
        """
            .formatted(ConnectionInfo.HOST, port));
    write(
        place,
        "pg_hba.conf",
        """
        # Written at every start: a password from everyone, and nobody from elsewhere.
        host all all %s/32 scram-sha-256
        """
            .formatted(ConnectionInfo.HOST));
  }

  private void write(Place place, String name, String text) throws IOException {
    Path draft = place.data().resolve(name + ".new");
    Files.deleteIfExists(draft);
    Files.writeString(draft, text);
    own(draft, place.runAs());
    Files.move(draft, place.data().resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private void requireFreePort() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(ConnectionInfo.HOST), port));
    } catch (IOException e) {
      throw new CannotException(
          "Cannot start PostgreSQL: port %d of %s is taken. Another program listens there. Stop that program, or configure another port."
              .formatted(port, ConnectionInfo.HOST),
          e);
    }
  }

  private void rotateLog(Place place) throws IOException {
    Path log = logFile(place.data());
    if (Files.exists(log) && Files.size(log) > LOG_BYTES_KEPT) {
      Files.move(log, log.resolveSibling("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void waitUntilReady() {
    BooleanSupplier isReady = () -> status().state() == State.RUNNING;
    if (!WAITING.isTrueWithin(PATIENCE, isReady)) {
      throw new CannotException(
          "Cannot use PostgreSQL on port %d: not ready after %d seconds. It may be recovering from a hard stop. See %s and try again."
              .formatted(port, PATIENCE.toSeconds(), logFile(dataFolder())));
    }
  }

  // ---- the running server ----

  /** What a pid file says, once the process behind it is known to be the server. */
  private record Server(long pid, int port, boolean isReady) {}

  private Optional<Server> runningServer() {
    try {
      List<String> lines = Files.readAllLines(pidFile(dataFolder()));
      long pid = Long.parseLong(lines.get(0).strip());
      if (!isServer(pid)) {
        return Optional.empty();
      }
      boolean isWhole = lines.size() >= 8;
      return Optional.of(
          new Server(
              pid,
              lines.size() >= 4 ? Integer.parseInt(lines.get(3).strip()) : port,
              isWhole && lines.get(7).strip().equals("ready")));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      LOG.debug("Unreadable pid file", e);
      return Optional.empty();
    }
  }

  /** True if that process is a PostgreSQL on our data folder: pids are used again. */
  private boolean isServer(long pid) {
    try {
      String commandLine = Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"));
      List<String> words = List.of(commandLine.split("\0"));
      return words.get(0).endsWith("postgres") && words.contains(dataFolder().toString());
    } catch (IOException e) {
      return false;
    }
  }

  /** PostgreSQL itself trusts any living process with the pid, such as one after a reboot. */
  private void removeStalePidFile(Path data) throws IOException {
    if (runningServer().isEmpty() && Files.deleteIfExists(pidFile(data))) {
      LOG.info("The server of {} had ended without stopping; it is started again", home);
    }
  }

  /** The data folder with links resolved: as the server's own command line shows it. */
  private Path dataFolder() {
    Path folder = home.resolve("pgdata");
    try {
      if (Files.isSymbolicLink(folder)) {
        return folder.resolveSibling(Files.readSymbolicLink(folder)).normalize();
      }
      return Files.isDirectory(home) ? home.toRealPath().resolve("pgdata") : folder;
    } catch (IOException e) {
      return folder;
    }
  }

  private static Path pidFile(Path data) {
    return data.resolve("postmaster.pid");
  }

  private static Path logFile(Path data) {
    return data.resolve("server.log");
  }

  private static String logTail(Path data) {
    try {
      return new Shell.Result(0, Files.readString(logFile(data))).tail();
    } catch (IOException e) {
      return "(no log)";
    }
  }

  private <T> T withLock(Waiting.Work<T> work) {
    return WAITING.oneAtATime(home.resolve("postgres.lock"), PATIENCE.multipliedBy(2), work);
  }

  static void pause(Duration duration) {
    WAITING.pause(duration);
  }
}
