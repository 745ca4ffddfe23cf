package io.servicelake.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.servicelake.jobs.CannotException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page as HTML: style, scripts, words and figures inline, nothing loaded from anywhere. Its
 * content policy allows no request and only the scripts whose hashes it names, so a name in the
 * data cannot become a script. The same figures give the same bytes.
 */
public final class ReportPage {
  private static final String FOLDER = "/report/";
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern SOURCE_MAP = Pattern.compile("(?m)^//# sourceMappingURL=.*$");

  private final ReportData data;

  private ReportPage(ReportData data) {
    this.data = data;
  }

  /** The page of these figures. */
  public static ReportPage of(ReportData data) {
    return new ReportPage(data);
  }

  /** The whole page. */
  public String html() {
    String echarts = SOURCE_MAP.matcher(resource(echartsPath())).replaceAll("");
    String script = resource(FOLDER + "report.js");
    Map<String, String> parts =
        Map.of(
            "policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; img-src data:; script-src '%s' '%s'"
                .formatted(hash(echarts), hash(script)),
            "style",
            resource(FOLDER + "report.css"),
            "echarts",
            inline(echarts),
            "script",
            inline(script),
            "words",
            escape(resource(FOLDER + "words.json").strip()),
            "figures",
            escape(json(data)));
    return PLACE
        .matcher(resource(FOLDER + "page.html"))
        .replaceAll((MatchResult place) -> Matcher.quoteReplacement(parts.get(place.group(1))));
  }

  /**
   * Writes the page; readers see the old one or the new one, never half of it.
   *
   * @throws CannotException if the file cannot be written
   */
  public void write(Path file) {
    Path target = file.toAbsolutePath();
    try {
      Files.createDirectories(target.getParent());
      Path draft = target.resolveSibling("." + target.getFileName() + ".draft");
      try {
        Files.writeString(draft, html());
        Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new CannotException(
          "Cannot write the report to %s: %s. The page is one file in a folder that must be writable. Name another file or free this one."
              .formatted(target, e),
          e);
    }
  }

  /** JSON that can stand in an HTML script element: no {@code <}, no line separators. */
  static String escape(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static String json(ReportData data) {
    try {
      return JsonMapper.builder().build().writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String inline(String script) {
    if (script.contains("</script") || script.contains("<!--")) {
      throw new IllegalStateException(
          "Cannot put a script into the page: it holds </script or <!--. Either would end it early. Write it as two strings.");
    }
    return script;
  }

  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String echartsPath() {
    try (InputStream in =
        ReportPage.class.getResourceAsStream(
            "/META-INF/maven/org.webjars/echarts/pom.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return "/META-INF/resources/webjars/echarts/%s/echarts.min.js"
          .formatted(properties.getProperty("version"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String path) {
    try (InputStream in = ReportPage.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(
            "Cannot build the report: %s is not on the class path. The page is made from it. Build the jobs module again."
                .formatted(path));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
