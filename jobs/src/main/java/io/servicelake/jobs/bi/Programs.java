package io.servicelake.jobs.bi;

import io.servicelake.jobs.CannotException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The programs that have to be on the machine: looked for in the environment's PATH. */
final class Programs {
  /** Names the Python to use. */
  static final String PYTHON_VARIABLE = "SERVICELAKE_PYTHON";

  /** Names the Chromium or Chrome to use. */
  static final String CHROMIUM_VARIABLE = "SERVICELAKE_CHROMIUM";

  private static final int OLDEST_PYTHON = 10;
  private static final int NEWEST_PYTHON = 12;
  private static final int OLDEST_NODE = 18;
  private static final Pattern PYTHON_VERSION = Pattern.compile("(3)\\.(\\d+)\\.\\d+");
  private static final Pattern NODE_VERSION = Pattern.compile("v(\\d+)\\.");
  private static final String PYTHON_CHECK =
      "import sys, venv, ensurepip; print('.'.join(map(str, sys.version_info[:3])))";

  private final Map<String, String> environment;

  Programs(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** A Python that Superset runs on. */
  record Python(Path path, String version) {}

  /** What opens a dashboard. */
  record Browser(Path chromium, Path node, Path npm) {}

  /**
   * A Python from 3.10 to 3.12 that can make environments.
   *
   * @throws CannotException if there is none
   */
  Python python() {
    String given = environment.getOrDefault(PYTHON_VARIABLE, "");
    List<String> names =
        given.isBlank()
            ? List.of("python3.11", "python3.12", "python3.10", "python3", "python")
            : List.of(given);
    List<String> seen = new ArrayList<>();
    for (String name : names) {
      Optional<Path> path = find(name);
      if (path.isEmpty()) {
        continue;
      }
      String answer = ask(path.get(), "-c", PYTHON_CHECK);
      Matcher version = PYTHON_VERSION.matcher(answer);
      if (version.matches()) {
        int minor = Integer.parseInt(version.group(2));
        if (minor >= OLDEST_PYTHON && minor <= NEWEST_PYTHON) {
          return new Python(path.get(), answer);
        }
        seen.add("%s is %s".formatted(path.get(), answer));
      } else {
        seen.add("%s lacks the module venv or ensurepip, or does not run".formatted(path.get()));
      }
    }
    throw new CannotException(
        "Cannot bring up Superset: no Python from 3.%d to 3.%d with venv (%s). Superset is a Python program. Install one (Debian, Ubuntu: apt-get install python3 python3-venv), or name it in %s."
            .formatted(
                OLDEST_PYTHON,
                NEWEST_PYTHON,
                seen.isEmpty() ? "found none" : String.join("; ", seen),
                PYTHON_VARIABLE));
  }

  /**
   * Chromium, Node and npm.
   *
   * @throws CannotException that names all that are missing
   */
  Browser browser() {
    List<String> faults = browserFaults();
    if (!faults.isEmpty()) {
      throw new CannotException(
          "Cannot verify a dashboard: %s. It is opened in a headless browser driven by Node. Install what is missing (Debian, Ubuntu: apt-get install chromium nodejs npm fonts-noto-cjk), or name the browser in %s."
              .formatted(String.join("; ", faults), CHROMIUM_VARIABLE));
    }
    return new Browser(
        chromium().orElseThrow(), find("node").orElseThrow(), find("npm").orElseThrow());
  }

  /** What {@link #browser()} would miss; empty if nothing. */
  List<String> browserFaults() {
    List<String> faults = new ArrayList<>();
    if (chromium().isEmpty()) {
      faults.add("no Chromium or Chrome found");
    }
    Optional<Path> node = find("node");
    if (node.isEmpty()) {
      faults.add("no node found");
    } else {
      String answer = ask(node.get(), "--version");
      Matcher version = NODE_VERSION.matcher(answer);
      if (!version.lookingAt() || Integer.parseInt(version.group(1)) < OLDEST_NODE) {
        faults.add("%s is %s, older than v%d".formatted(node.get(), answer, OLDEST_NODE));
      }
    }
    if (find("npm").isEmpty()) {
      faults.add("no npm found");
    }
    return faults;
  }

  private Optional<Path> chromium() {
    String given = environment.getOrDefault(CHROMIUM_VARIABLE, "");
    Stream<String> names =
        given.isBlank()
            ? Stream.of(
                "chromium",
                "chromium-browser",
                "google-chrome",
                "google-chrome-stable",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
            : Stream.of(given);
    return names.flatMap(name -> find(name).stream()).findFirst();
  }

  private Optional<Path> find(String name) {
    Stream<Path> places =
        name.contains("/")
            ? Stream.of(Path.of(name))
            : Arrays.stream(
                    environment.getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator)))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name));
    return places.filter(path -> Files.isRegularFile(path) && Files.isExecutable(path)).findFirst();
  }

  private static String ask(Path program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? answer.strip() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
