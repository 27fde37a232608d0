package io.meshdoctor.collector;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Other names for what has names in a mesh, the same for the same name everywhere. Who does not
 * have the key cannot tell which name a pseudonym stands for by trying names.
 *
 * <p>A name is replaced wherever it stands as a whole, between characters that are neither letters
 * nor digits, so that names made of it ({@code <name>-<hash>}, {@code <name>.<namespace>.svc})
 * change alike. Names that Istio or Kubernetes give, and that a rule may look for, stay. So do
 * names of at most five digits and nothing else: wherever such a number stands it may be a port, a
 * part of an address or of a version.
 */
final class Pseudonyms {

  /** Changes nothing. */
  static final Pseudonyms NONE = new Pseudonyms(Map.of(), new TreeMap<>());

  private static final int KEY_BYTES = 32;

  /** What is shorter, and no word, may be anything. */
  private static final int LEAST_LENGTH = 4;

  private static final Comparator<String> LONGEST_FIRST =
      Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*");
  private static final Pattern DASH = Pattern.compile("-");
  private static final Pattern WELL_KNOWN =
      Pattern.compile("(?:istio|istiod|kube|kubernetes|ztunnel)(?:-.*)?|[0-9]{1,5}|.");

  private static final Set<String> WORDS_OF_FORMATS =
      Set.of(
          "app",
          "cluster",
          "default",
          "discovery",
          "eastwestgateway",
          "envoy",
          "false",
          "gateway",
          "grpc",
          "healthy",
          "host",
          "http",
          "http2",
          "https",
          "inbound",
          "ingressgateway",
          "local",
          "mesh",
          "name",
          "network",
          "outbound",
          "pilot",
          "pod",
          "proxy",
          "router",
          "secret",
          "service",
          "sidecar",
          "svc",
          "synced",
          "tcp",
          "timeout",
          "tls",
          "token",
          "true",
          "udp",
          "version",
          "waypoint");

  private final Map<String, String> byName;

  /** Of names that are no words, as those of contexts often are; the longest first. */
  private final SortedMap<String, String> others;

  private Pseudonyms(Map<String, String> byName, SortedMap<String, String> others) {
    this.byName = Map.copyOf(byName);
    this.others = others;
  }

  /** Pseudonyms under a key that nobody keeps. */
  static Pseudonyms of(Collection<String> names) {
    var key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return of(names, key);
  }

  static Pseudonyms of(Collection<String> names, byte[] key) {
    Map<String, String> byName = new HashMap<>();
    SortedMap<String, String> others = new TreeMap<>(LONGEST_FIRST);
    for (var name : names) {
      // of a name with dots, what stands before the first one is its own
      var dot = name.indexOf('.');
      var own = dot < 0 ? name : name.substring(0, dot);
      if (!WORD.matcher(own).matches()) {
        if (name.length() >= LEAST_LENGTH) {
          others.put(name, pseudonym(name, key));
        }
      } else if (!WELL_KNOWN.matcher(own).matches() && !WORDS_OF_FORMATS.contains(own)) {
        byName.put(own, pseudonym(own, key));
      }
    }
    return new Pseudonyms(byName, others);
  }

  private static String pseudonym(String name, byte[] key) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      var digest = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      return "x" + HexFormat.of().formatHex(digest, 0, 5);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  /** The text with all names replaced. */
  String in(String text) {
    var result = text;
    for (var other : others.entrySet()) {
      result = result.replace(other.getKey(), other.getValue());
    }
    return byName.isEmpty()
        ? result
        : WORD.matcher(result).replaceAll(word -> ofWord(word.group()));
  }

  /** Replaces the longest names that a word is made of, from its beginning on. */
  private String ofWord(String word) {
    var parts = List.of(DASH.split(word, -1));
    var result = new StringBuilder();
    var from = 0;
    while (from < parts.size()) {
      var to = parts.size();
      var name = byName.get(String.join("-", parts.subList(from, to)));
      while (name == null && --to > from) {
        name = byName.get(String.join("-", parts.subList(from, to)));
      }
      result.append(from == 0 ? "" : "-").append(name == null ? parts.get(from) : name);
      from = name == null ? from + 1 : to;
    }
    return result.toString();
  }
}
