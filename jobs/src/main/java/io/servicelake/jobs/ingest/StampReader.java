package io.servicelake.jobs.ingest;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads {@code source_stamp} of a mapping file: where the stamp of a file comes from. */
final class StampReader {
  private static final Set<String> KEYS = Set.of("name", "pattern", "fixed");

  private StampReader() {}

  static StampRule read(MappingSection stamp) {
    stamp.allow(KEYS);
    Optional<String> name = stamp.text("name");
    List<String> pattern =
        stamp.text("pattern").isPresent() ? stamp.patterns("pattern") : List.of();
    if (name.isPresent() == pattern.isEmpty()) {
      stamp.fault(
          "",
          "name and pattern belong together",
          "Write both: name = \"_(\\\\d{8})\", pattern = \"yyyyMMdd\".");
    }
    name.ifPresent(regex -> checkName(stamp, regex));
    return new StampRule(name, pattern.stream().findFirst(), fixed(stamp));
  }

  private static void checkName(MappingSection stamp, String regex) {
    try {
      if (Pattern.compile(regex).matcher("").groupCount() < 1) {
        stamp.fault("name", "it has no group", "Put the stamp in parentheses.");
      }
    } catch (PatternSyntaxException e) {
      stamp.fault("name", e.getDescription(), "Correct the regular expression.");
    }
  }

  private static Optional<Instant> fixed(MappingSection stamp) {
    Optional<String> text = stamp.text("fixed");
    try {
      return text.map(Instant::parse);
    } catch (DateTimeException e) {
      stamp.fault(
          "fixed", "'%s' is no instant".formatted(text.get()), "Write it as 2020-01-01T00:00:00Z.");
      return Optional.empty();
    }
  }
}
