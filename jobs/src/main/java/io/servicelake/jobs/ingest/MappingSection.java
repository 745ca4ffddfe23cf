package io.servicelake.jobs.ingest;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.servicelake.jobs.config.NearestName;
import io.servicelake.transform.silver.Reading;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A section of a mapping file; what is wrong in it is noted with its key and read as absent. */
final class MappingSection {
  private static final int MAX_DIGITS = 38;

  private final String origin;
  private final String path;
  private final ConfigObject object;
  private final List<MappingFault> faults;

  private MappingSection(
      String origin, String path, ConfigObject object, List<MappingFault> faults) {
    this.origin = origin;
    this.path = path;
    this.object = object;
    this.faults = faults;
  }

  /**
   * The whole of a file.
   *
   * @param origin the mapping file
   */
  static MappingSection root(String origin, ConfigObject object) {
    return new MappingSection(origin, "", object, new ArrayList<>());
  }

  /** Faults noted in the whole file up to now. */
  List<MappingFault> faults() {
    return List.copyOf(faults);
  }

  /** Keys in order. */
  List<String> names() {
    return object.keySet().stream().sorted().toList();
  }

  boolean has(String name) {
    return object.containsKey(name);
  }

  boolean isEmpty() {
    return object.isEmpty();
  }

  /** The value of a key; null if there is none. */
  ConfigValue value(String name) {
    return object.get(name);
  }

  /** The section of that name, empty if there is none. */
  MappingSection section(String name) {
    ConfigValue value = object.get(name);
    if (value != null && !(value instanceof ConfigObject)) {
      fault(name, "it is no section", "Write %s { ... }.".formatted(name));
    }
    ConfigObject inner =
        value instanceof ConfigObject section ? section : ConfigFactory.empty().root();
    return new MappingSection(origin, key(name), inner, faults);
  }

  /** Notes every other key. */
  void allow(Set<String> keys) {
    for (String name : names()) {
      if (!keys.contains(name)) {
        fault(name, "there is no such key", "The nearest is %s.".formatted(nearest(name, keys)));
      }
    }
  }

  Optional<String> text(String name) {
    ConfigValue value = object.get(name);
    if (value == null || value.valueType() == ConfigValueType.NULL) {
      return Optional.empty();
    }
    if (value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST) {
      fault(
          name,
          "%s is no single value".formatted(value.render(ConfigRenderOptions.concise())),
          "Write one text, number or yes/no.");
      return Optional.empty();
    }
    return Optional.of(value.unwrapped().toString());
  }

  /** A list, or one text as a list of one. */
  List<String> texts(String name) {
    ConfigValue value = object.get(name);
    if (value != null && value.valueType() == ConfigValueType.LIST) {
      List<String> texts = new ArrayList<>();
      for (Object one : (List<?>) value.unwrapped()) {
        texts.add(String.valueOf(one));
      }
      return List.copyOf(texts);
    }
    return text(name).map(List::of).orElse(List.of());
  }

  Optional<BigDecimal> number(String name) {
    Optional<String> text = text(name);
    try {
      Optional<BigDecimal> number = text.map(BigDecimal::new);
      if (number.isPresent() && isTooLong(number.get())) {
        fault(
            name,
            "it has more than %d digits".formatted(MAX_DIGITS),
            "Write a number that a column can hold.");
        return Optional.empty();
      }
      return number;
    } catch (NumberFormatException e) {
      fault(name, "'%s' is no number".formatted(text.get()), "Write a number.");
      return Optional.empty();
    }
  }

  /** Yes or no; no if it is not said. */
  boolean flag(String name) {
    return text(name).map(Boolean::parseBoolean).orElse(false);
  }

  /** Date patterns of cells, the word for serial numbers among them. */
  List<String> cellPatterns(String name) {
    return patterns(name, Set.of(Reading.EXCEL));
  }

  /** Date patterns. */
  List<String> patterns(String name) {
    return patterns(name, Set.of());
  }

  private List<String> patterns(String name, Set<String> words) {
    List<String> patterns = texts(name);
    for (String pattern : patterns) {
      if (words.contains(pattern)) {
        continue;
      }
      try {
        DateTimeFormatter.ofPattern(pattern);
      } catch (IllegalArgumentException e) {
        fault(
            name,
            "'%s' is no date pattern: %s".formatted(pattern, e.getMessage()),
            "Write one such as yyyy-MM-dd HH:mm:ss.");
      }
    }
    return patterns;
  }

  /**
   * Notes a fault.
   *
   * @param name key in this section; empty for the section itself
   */
  void fault(String name, String problem, String remedy) {
    faults.add(new MappingFault(origin, key(name), problem, remedy));
  }

  /** The known name that is nearest to a word; empty if none is known. */
  static String nearest(String word, Collection<String> known) {
    return NearestName.of(word, new TreeSet<>(known)).orElse("");
  }

  private static boolean isTooLong(BigDecimal number) {
    return Math.abs((long) number.scale()) + number.precision() > MAX_DIGITS;
  }

  private String key(String name) {
    return path.isEmpty() ? name : name.isEmpty() ? path : path + "." + name;
  }
}
