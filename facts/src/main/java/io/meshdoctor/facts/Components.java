package io.meshdoctor.facts;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The components of one type of facts, by name: reads them, and makes facts of them. */
final class Components {

  private static final ClassValue<Components> CACHE =
      new ClassValue<>() {
        @Override
        protected Components computeValue(Class<?> type) {
          return new Components(type);
        }
      };

  /** One entry of a map: {@code labels[app]}. */
  private static final Pattern ENTRY = Pattern.compile("(\\w+)\\[(.+)]");

  private final Class<?> type;
  private final Constructor<?> canonical;
  private final Map<String, RecordComponent> components = new LinkedHashMap<>();
  private final Map<String, Method> properties = new HashMap<>();

  private Components(Class<?> type) {
    if (!type.isRecord()) {
      throw new IllegalArgumentException("%s is no record.".formatted(type.getSimpleName()));
    }
    this.type = type;
    var all = type.getRecordComponents();
    Arrays.stream(all).forEach(component -> components.put(component.getName(), component));
    try {
      canonical =
          type.getConstructor(
              Arrays.stream(all).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException("Every public record has one.", impossible);
    }
    for (var method : type.getMethods()) {
      var name = method.getName();
      if (method.getParameterCount() == 0 && name.matches("is[A-Z].*")) {
        properties.put(name.substring(2, 3).toLowerCase(Locale.ROOT) + name.substring(3), method);
      }
    }
    for (var method : type.getMethods()) {
      if (method.getParameterCount() == 0) {
        properties.put(method.getName(), method);
      }
    }
  }

  static Components of(Class<? extends Fact> type) {
    return CACHE.get(type);
  }

  /** Names and values by name; throws unless they alternate. */
  Map<String, Object> named(Object... values) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i += 2) {
      if (!(values[i] instanceof String name) || i + 1 == values.length) {
        throw new IllegalArgumentException(
            "Names and values of %s do not alternate.".formatted(type.getSimpleName()));
      }
      named.put(name, values[i + 1]);
    }
    return named;
  }

  /** Throws unless each name is that of a component, and each value of its type. */
  void check(Map<String, Object> values) {
    values.forEach(
        (name, value) -> {
          var entry = ENTRY.matcher(name);
          boolean fits =
              entry.matches()
                  ? value instanceof String && component(entry.group(1)).getType() == Map.class
                  : isOf(component(name).getType(), value);
          if (!fits) {
            throw new IllegalArgumentException(
                "%s of %s cannot be a %s."
                    .formatted(name, type.getSimpleName(), value.getClass().getSimpleName()));
          }
        });
  }

  /** Throws unless facts of the type can be asked for this. */
  void checkProperty(String name) {
    if (!properties.containsKey(name)) {
      throw unknown(name);
    }
  }

  /** A fact of these values; what is left out is empty, zero or false. */
  Fact make(Map<String, Object> values) {
    return make(Map.of(), values);
  }

  /** A fact like another, with some values changed. */
  Fact copy(Fact fact, Map<String, Object> values) {
    Map<String, Object> all = new HashMap<>();
    for (var name : components.keySet()) {
      var value = property(fact, name);
      if (value != null) {
        all.put(name, value);
      }
    }
    return make(all, values);
  }

  private Fact make(Map<String, Object> old, Map<String, Object> values) {
    check(values);
    Map<String, Object> all = new HashMap<>(old);
    values.forEach(
        (name, value) -> {
          var entry = ENTRY.matcher(name);
          if (entry.matches()) {
            all.put(entry.group(1), changed(all.get(entry.group(1)), entry.group(2), value));
          } else {
            all.put(name, value);
          }
        });
    var arguments =
        components.values().stream()
            .map(component -> all.getOrDefault(component.getName(), nothing(component.getType())))
            .toArray();
    try {
      return (Fact) canonical.newInstance(arguments);
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(
          "%s does not take these values.".formatted(type.getSimpleName()), refused.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("Facts are public.", impossible);
    }
  }

  /** A map with one entry changed. */
  private static Map<Object, Object> changed(@Nullable Object old, String key, Object value) {
    Map<Object, Object> changed = new TreeMap<>();
    if (old instanceof Map<?, ?> map) {
      changed.putAll(map);
    }
    if (value.equals("")) {
      changed.remove(key);
    } else {
      changed.put(key, value);
    }
    return changed;
  }

  /** What a component or a method without parameters of a fact says. */
  @Nullable Object property(Fact fact, String name) {
    var method = properties.get(name);
    if (method == null) {
      throw unknown(name);
    }
    try {
      return method.invoke(fact);
    } catch (InvocationTargetException failed) {
      throw new IllegalArgumentException(
          "%s of this %s cannot be told.".formatted(name, type.getSimpleName()), failed.getCause());
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException("Facts are public.", impossible);
    }
  }

  private RecordComponent component(String name) {
    var component = components.get(name);
    if (component == null) {
      throw unknown(name);
    }
    return component;
  }

  private IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "%s has no %s, but %s."
            .formatted(type.getSimpleName(), name, String.join(", ", components.keySet())));
  }

  private static @Nullable Object nothing(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    return type == int.class || type == long.class ? (Object) 0 : null;
  }

  private static boolean isOf(Class<?> type, Object value) {
    return MethodType.methodType(type).wrap().returnType().isInstance(value)
        || (type == long.class && value instanceof Integer);
  }
}
