package io.meshdoctor.engine;

import io.meshdoctor.facts.Evidence;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The vocabulary that rules are written in, by reflection. */
final class FactTypes {

  private static final Pattern TYPE = Pattern.compile("io/meshdoctor/facts/([A-Z]\\w*)\\.class");

  private FactTypes() {}

  /** Names of all facts and of what is derived from them. */
  static SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    for (var file : ShippedFiles.with(Evidence.class).names(".class")) {
      var type = TYPE.matcher(file);
      if (type.matches()) {
        names.add(type.group(1));
      }
    }
    return names;
  }

  /**
   * What a condition may name of a fact: its components, and its methods without parameters, where
   * {@code isReady()} is {@code ready}.
   */
  static SortedSet<String> properties(Class<?> type) {
    SortedSet<String> names = new TreeSet<>();
    Arrays.stream(type.getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getDeclaringClass() != Object.class)
        .map(Method::getName)
        .forEach(
            name -> {
              names.add(name);
              if (name.startsWith("is") && name.length() > 2) {
                names.add(Character.toLowerCase(name.charAt(2)) + name.substring(3));
              }
            });
    return names;
  }
}
