package io.servicelake.jobs.bi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Superset's Python packages, in an environment of their own below its home. */
final class SupersetInstallation {
  private final SupersetHome home;
  private final Path configuration;
  private final SupersetServer server;
  private final Consumer<String> progress;

  SupersetInstallation(
      SupersetHome home, Path configuration, SupersetServer server, Consumer<String> progress) {
    this.home = home;
    this.configuration = configuration;
    this.server = server;
    this.progress = progress;
  }

  /** Installs what is wanted, if it is not there yet; a server that runs is stopped before. */
  void install(Programs.Python python, Commands commands) throws IOException {
    Path mark = home.folder().resolve("venv/installed");
    String wanted = wanted();
    if (wanted.equals(SupersetHome.read(mark).orElse(""))
        && Files.isExecutable(Path.of(home.tool("gunicorn")))) {
      return;
    }
    if (server.stop()) {
      progress.accept("Stopped the server: it is installed anew");
    }
    progress.accept(
        "Installing Superset with Python %s into %s: once, some minutes and 1 GB; log in setup.log"
            .formatted(python.version(), home.folder().resolve("venv")));
    commands.run(
        "make a Python environment",
        home.folder(),
        Map.of(),
        List.of(
            python.path().toString(),
            "-m",
            "venv",
            "--clear",
            home.folder().resolve("venv").toString()));
    commands.run(
        "install Superset",
        home.folder(),
        Map.of(),
        List.of(
            home.tool("python"),
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

  /** Fingerprint of the packages and versions wanted. */
  String wanted() throws IOException {
    return SupersetHome.fingerprint(
        Files.readString(configuration.resolve("requirements.txt")),
        Files.readString(configuration.resolve("constraints.txt")));
  }
}
