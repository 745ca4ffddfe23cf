package io.servicelake.jobs.bi;

import io.servicelake.jobs.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens dashboards in a headless browser, driven by Node. */
final class DashboardCheck {
  private static final String NO_DATA = ": no data";

  private final SupersetHome home;
  private final Path configuration;
  private final SupersetServer server;
  private final SupersetSecrets secrets;
  private final Consumer<String> progress;

  DashboardCheck(
      SupersetHome home,
      Path configuration,
      SupersetServer server,
      SupersetSecrets secrets,
      Consumer<String> progress) {
    this.home = home;
    this.configuration = configuration;
    this.server = server;
    this.secrets = secrets;
    this.progress = progress;
  }

  /** Opens every dashboard and returns the pictures taken. */
  List<Path> verify(Programs.Browser browser, Path picture, Commands commands) throws IOException {
    Path folder = home.folder().resolve("node");
    Files.createDirectories(folder);
    Files.createDirectories(picture.getParent());
    prepareNode(browser, folder, commands);
    List<Path> pictures = new ArrayList<>();
    for (Dashboard dashboard : SupersetBundle.dashboards()) {
      String slug = dashboard.slug();
      Path target = pictures.isEmpty() ? picture : withName(picture, slug);
      progress.accept("Opening " + server.dashboard(slug));
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
                  server.address().toString(),
                  slug,
                  target.toString(),
                  browser.chromium().toString()));
      List<String> faults = faults(dashboard, result);
      if (!faults.isEmpty()) {
        throw new CannotException(
            "Cannot verify dashboard %s: %s. %sThe server's log is %s."
                .formatted(
                    slug,
                    String.join("; ", faults),
                    faults.stream().anyMatch(fault -> fault.endsWith(NO_DATA))
                        ? "A chart without data says that its table is empty or was not published. Publish the tables, then try again. "
                        : "",
                    home.serverLog()));
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
    String wanted = SupersetHome.fingerprint(Files.readString(packages));
    if (wanted.equals(SupersetHome.read(mark).orElse(""))) {
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

  /** What is broken, and what is empty though it always has something to show. */
  private List<String> faults(Dashboard dashboard, Commands.Result result) {
    List<String> faults = new ArrayList<>(after("FAULT ", result));
    for (String empty : after("EMPTY ", result)) {
      Optional<BoardChart> chart =
          dashboard.charts().stream()
              .filter(candidate -> empty.startsWith(StableIds.of(candidate)))
              .findFirst();
      Optional<String> until = chart.flatMap(BoardChart::emptyUntil);
      String title = chart.map(BoardChart::title).map(Labels::both).orElse(empty);
      until.ifPresentOrElse(
          event -> progress.accept("  ok  %s: nothing to show until %s".formatted(title, event)),
          () -> faults.add(title + NO_DATA));
    }
    if (faults.isEmpty() && result.exitCode() != 0) {
      faults.add(
          "the browser driver ended with exit code %d, last words: %s"
              .formatted(
                  result.exitCode(),
                  result.lines().isEmpty()
                      ? "none"
                      : result.lines().get(result.lines().size() - 1)));
    }
    return faults;
  }

  private static List<String> after(String mark, Commands.Result result) {
    return result.lines().stream()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()))
        .toList();
  }

  private static Path withName(Path picture, String slug) {
    String name = picture.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return picture.resolveSibling(
        dot < 0 ? name + "-" + slug : name.substring(0, dot) + "-" + slug + name.substring(dot));
  }
}
