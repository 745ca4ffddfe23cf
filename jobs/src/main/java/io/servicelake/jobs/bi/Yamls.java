package io.servicelake.jobs.bi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** YAML that is the same for the same document. */
final class Yamls {
  private Yamls() {}

  /** Keys and values by turns, in this order. */
  static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  static String of(Map<String, Object> document) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setAllowUnicode(true);
    options.setLineBreak(DumperOptions.LineBreak.UNIX);
    options.setSplitLines(false);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setDereferenceAliases(true);
    return new Yaml(options).dump(sortedWhereUnordered(document));
  }

  /** {@code Map.of} has no order of its own: its keys are sorted. */
  private static Object sortedWhereUnordered(Object value) {
    if (value instanceof LinkedHashMap<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, entry) -> copy.put(key, sortedWhereUnordered(entry)));
      return copy;
    } else if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .collect(
              Collectors.toMap(
                  entry -> String.valueOf(entry.getKey()),
                  entry -> sortedWhereUnordered(entry.getValue()),
                  (first, second) -> first,
                  TreeMap::new));
    } else if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(entry -> copy.add(sortedWhereUnordered(entry)));
      return copy;
    }
    return value;
  }
}
