package io.servicelake.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns HOCON into records of {@link Setting}s and notes every fault with its place. */
final class SettingsBinder {
  private static final Object FAULT = new Object();

  private final List<Class<? extends Record>> sections;
  private final List<String> faults;

  SettingsBinder(List<Class<? extends Record>> sections, List<String> faults) {
    this.sections = sections;
    this.faults = faults;
  }

  /** Paths of all keys that hold a value and no further keys. */
  List<String> leaves() {
    return List.copyOf(types().keySet());
  }

  /** Sets a key to a text given outside the file; text that is no HOCON is taken as it stands. */
  Config with(Config config, String path, String text, String origin) {
    Type type = types().get(path);
    ConfigValue value;
    if (type == String.class || type == ZoneId.class || type == LocalDate.class) {
      value = ConfigValueFactory.fromAnyRef(text, origin);
    } else {
      try {
        value =
            ConfigFactory.parseString(
                    "v = " + text, ConfigParseOptions.defaults().setOriginDescription(origin))
                .getValue("v")
                .withOrigin(com.typesafe.config.ConfigOriginFactory.newSimple(origin));
      } catch (ConfigException e) {
        value = ConfigValueFactory.fromAnyRef(text, origin);
      }
    }
    try {
      return config.withValue(path, value);
    } catch (ConfigException e) {
      faults.add("%s: %s is no key".formatted(origin, path));
      return config;
    }
  }

  /** Notes every key that no section has, with the nearest that one has. */
  void refuseUnknown(ConfigObject root) {
    Map<String, Class<? extends Record>> byPath = new LinkedHashMap<>();
    sections.forEach(section -> byPath.put(path(section), section));
    root.forEach(
        (key, value) -> {
          Class<? extends Record> section = byPath.get(key);
          if (section == null) {
            unknown(key, value, byPath.keySet());
          } else if (value instanceof ConfigObject object) {
            refuseUnknown(section, key, object);
          }
        });
  }

  /** The record of a section; null if one of its keys has a fault. */
  <R extends Record> R bind(Class<R> section, Config config) {
    ConfigValue value =
        config.hasPath(path(section))
            ? config.getValue(path(section))
            : ConfigFactory.empty().root();
    Object bound = record(section, path(section), value);
    return bound == FAULT ? null : section.cast(bound);
  }

  static String template(List<Class<? extends Record>> sections) {
    StringBuilder text =
        new StringBuilder(
            """
            # The configuration of Servicelake: every key with its unit and default.
            # A key can also be set by a variable, SERVICELAKE_<KEY> with dots as underscores in upper case
            # (SERVICELAKE_LAKE_PATH), and on the command line: --set lake.path=/data/lake, which wins.
            # Secrets never stand here: they come from variables or key files.
            """);
    for (Class<? extends Record> section : sections) {
      text.append("\n# ").append(section.getAnnotation(Section.class).meaning()).append('\n');
      text.append(path(section)).append(" {\n");
      for (RecordComponent component : section.getRecordComponents()) {
        Setting setting = component.getAnnotation(Setting.class);
        String standard = component.getType() == Optional.class ? "none" : setting.by();
        text.append("  # ").append(setting.meaning());
        if (!setting.unit().isEmpty()) {
          text.append(" Unit: ").append(setting.unit()).append('.');
        }
        boolean isLong = standard.contains("\n");
        text.append(isLong ? " Default:\n  " : " Default: " + standard + ".\n  ");
        if (component.getType() == Optional.class) {
          text.append("# ").append(key(component)).append(" = \n");
        } else {
          text.append(key(component)).append(" = ").append(setting.by()).append('\n');
        }
      }
      text.append("}\n");
    }
    return text.toString();
  }

  private Map<String, Type> types() {
    Map<String, Type> types = new TreeMap<>();
    for (Class<? extends Record> section : sections) {
      collect(section, path(section), types);
    }
    return types;
  }

  private static void collect(Class<?> type, String path, Map<String, Type> types) {
    for (RecordComponent component : type.getRecordComponents()) {
      String inner = path + "." + key(component);
      if (component.getType().isRecord()) {
        collect(component.getType(), inner, types);
      } else {
        types.put(
            inner,
            component.getType() == Optional.class
                ? argument(component.getGenericType(), 0)
                : component.getGenericType());
      }
    }
  }

  private void refuseUnknown(Class<?> type, String path, ConfigObject object) {
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(key(component), component);
    }
    object.forEach(
        (key, value) -> {
          RecordComponent component = components.get(key);
          if (component == null) {
            List<String> known = components.keySet().stream().map(k -> path + "." + k).toList();
            unknown(path + "." + key, value, known);
          } else {
            refuseUnknown(component.getGenericType(), path + "." + key, value);
          }
        });
  }

  private void refuseUnknown(Type type, String path, ConfigValue value) {
    if (type instanceof Class<?> target && target.isRecord()) {
      if (value instanceof ConfigObject object) {
        refuseUnknown(target, path, object);
      }
    } else if (type instanceof ParameterizedType generic) {
      if (generic.getRawType() == Map.class && value instanceof ConfigObject object) {
        object.forEach(
            (name, inner) -> refuseUnknown(argument(generic, 1), path + "." + name, inner));
      } else if (generic.getRawType() == List.class && value instanceof ConfigList list) {
        for (int i = 0; i < list.size(); i++) {
          refuseUnknown(argument(generic, 0), path + "[" + i + "]", list.get(i));
        }
      }
    }
  }

  private void unknown(String path, ConfigValue value, java.util.Collection<String> known) {
    faults.add(
        "%s: %s is not known; did you mean %s?"
            .formatted(place(value.origin()), path, NearestName.of(path, known).orElse("another")));
  }

  private Object record(Class<?> type, String path, ConfigValue value) {
    if (!(value instanceof ConfigObject object)) {
      return wrong(path, value, "keys in braces");
    }
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments = new Object[components.length];
    boolean isFaulty = false;
    for (int i = 0; i < components.length; i++) {
      arguments[i] = component(components[i], path + "." + key(components[i]), object);
      isFaulty |= arguments[i] == FAULT;
    }
    if (isFaulty) {
      return FAULT;
    }
    try {
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      faults.add("%s: %s: %s".formatted(place(value.origin()), path, e.getCause().getMessage()));
      return FAULT;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName(), e);
    }
  }

  private Object component(RecordComponent component, String path, ConfigObject object) {
    Setting setting = component.getAnnotation(Setting.class);
    ConfigValue given = object.get(key(component));
    if (component.getType() == Optional.class) {
      if (given == null || given.valueType() == ConfigValueType.NULL) {
        return Optional.empty();
      }
      Object bound = value(argument(component.getGenericType(), 0), path, given, setting);
      return bound == FAULT ? FAULT : Optional.of(bound);
    }
    if (component.getType().isRecord()) {
      return record(
          component.getType(), path, given == null ? ConfigFactory.empty().root() : given);
    }
    ConfigValue standard =
        setting.by().isEmpty()
            ? null
            : ConfigFactory.parseString("v = " + setting.by()).getValue("v");
    if (given == null && standard == null) {
      faults.add("%s: %s is missing".formatted(place(object.origin()), path));
      return FAULT;
    }
    ConfigValue used =
        given == null ? standard : standard == null ? given : given.withFallback(standard);
    return value(component.getGenericType(), path, used, setting);
  }

  private Object value(Type type, String path, ConfigValue value, Setting setting) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class
          ? list(generic, path, value, setting)
          : map(generic, path, value, setting);
    }
    Class<?> target = (Class<?>) type;
    if (target.isRecord()) {
      return record(target, path, value);
    }
    Object raw = value.unwrapped();
    String text = String.valueOf(raw);
    if (raw instanceof Map || raw instanceof List || raw == null) {
      return wrong(path, value, expected(target));
    }
    try {
      if (target == String.class) {
        if (setting.oneOf().length > 0 && !List.of(setting.oneOf()).contains(text)) {
          return wrong(path, value, "one of " + String.join(", ", setting.oneOf()));
        }
        return text;
      } else if (target == boolean.class || target == Boolean.class) {
        return List.of("true", "false").contains(text)
            ? (Object) Boolean.valueOf(text)
            : wrong(path, value, expected(target));
      } else if (target == ZoneId.class) {
        return ZoneId.of(text);
      } else if (target == LocalDate.class) {
        return LocalDate.parse(text);
      } else if (target == double.class || target == Double.class) {
        double number = Double.parseDouble(text);
        return inRange(number, setting) ? (Object) number : outOfRange(path, value, setting);
      } else if (target == int.class || target == Integer.class) {
        int number = Integer.parseInt(text);
        return inRange(number, setting) ? (Object) number : outOfRange(path, value, setting);
      } else if (target == long.class || target == Long.class) {
        long number = Long.parseLong(text);
        return inRange(number, setting) ? (Object) number : outOfRange(path, value, setting);
      }
    } catch (NumberFormatException | DateTimeException e) {
      return wrong(path, value, expected(target));
    }
    throw new IllegalStateException(path + " has a type that settings do not know: " + target);
  }

  private Object list(ParameterizedType type, String path, ConfigValue value, Setting setting) {
    if (!(value instanceof ConfigList list)) {
      return wrong(path, value, "a list in brackets");
    }
    List<Object> bound = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      bound.add(value(argument(type, 0), path + "[" + i + "]", list.get(i), setting));
    }
    return bound.contains(FAULT) ? FAULT : List.copyOf(bound);
  }

  private Object map(ParameterizedType type, String path, ConfigValue value, Setting setting) {
    if (!(value instanceof ConfigObject object)) {
      return wrong(path, value, "names and values in braces");
    }
    Map<String, Object> bound = new TreeMap<>();
    object.forEach(
        (name, inner) ->
            bound.put(name, value(argument(type, 1), path + "." + name, inner, setting)));
    return bound.containsValue(FAULT) ? FAULT : Collections.unmodifiableMap(bound);
  }

  private static boolean inRange(double number, Setting setting) {
    return number >= setting.min() && number <= setting.max();
  }

  private Object outOfRange(String path, ConfigValue value, Setting setting) {
    String unit = setting.unit().isEmpty() ? "" : " " + setting.unit();
    String allowed =
        setting.max() == Double.POSITIVE_INFINITY
            ? "%s or more%s".formatted(number(setting.min()), unit)
            : "%s to %s%s".formatted(number(setting.min()), number(setting.max()), unit);
    return wrong(path, value, allowed);
  }

  private Object wrong(String path, ConfigValue value, String expected) {
    faults.add(
        "%s: %s is %s, expected %s"
            .formatted(
                place(value.origin()),
                path,
                value.render(ConfigRenderOptions.concise()),
                expected));
    return FAULT;
  }

  private static String expected(Class<?> type) {
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number";
    } else if (type == double.class || type == Double.class) {
      return "a number";
    } else if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    } else if (type == ZoneId.class) {
      return "a zone such as Asia/Shanghai";
    } else if (type == LocalDate.class) {
      return "a date such as 2026-01-31";
    }
    return "text";
  }

  private static String number(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static String place(ConfigOrigin origin) {
    String description = origin.filename() != null ? origin.filename() : origin.description();
    description = description.replaceAll(": \\d+(-\\d+)?$", "");
    return origin.lineNumber() > 0 ? description + ":" + origin.lineNumber() : description;
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  private static String path(Class<?> section) {
    return section.getAnnotation(Section.class).value();
  }

  private static String key(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
