package io.meshdoctor.rules;

import io.meshdoctor.facts.Confidence;
import io.meshdoctor.facts.Moment;
import io.meshdoctor.facts.Severity;
import io.meshdoctor.facts.Stage;
import io.meshdoctor.facts.SymptomKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.api.definition.rule.Rule;

/**
 * What a rule says of itself in its annotations.
 *
 * @param id {@code @id( MD301 )}
 * @param title name of the rule
 * @param severity {@code @severity( ERROR )}
 * @param confidence {@code @confidence( LIKELY )}, {@link Confidence#CERTAIN} where absent
 * @param stage {@code @stage( DISCOVERY )}, {@link Stage#DATA_PATH} where absent
 * @param shows {@code @shows( "NO_REMOTE_ENDPOINTS, LOCAL_ANSWERS_ONLY" )}: the symptoms that the
 *     fault can show as; all of its stage and the later ones where absent
 * @param breaks {@code @breaks( "NEXT_POD, NEXT_CERTIFICATE" )}: when it begins to show, where
 *     traffic may still flow over what is left of the old state
 * @param effect {@code @effect( true )}: never a root cause while something explains it
 * @param untried {@code @untried( "what was not read has no fix" )}: why its fix changes no facts,
 *     so that it cannot be tried; empty where it does
 */
public record Header(
    String id,
    String title,
    Severity severity,
    Confidence confidence,
    Stage stage,
    List<SymptomKind> shows,
    List<Moment> breaks,
    boolean effect,
    String untried) {

  /** Keys that a header may have. */
  public static final List<String> KEYS =
      List.of("id", "severity", "confidence", "stage", "shows", "breaks", "effect", "untried");

  /**
   * Reads the header of a rule.
   *
   * @throws IllegalArgumentException if the id or the severity is missing, or a value is not known
   */
  public static Header of(Rule rule) {
    return of(rule.getName(), rule.getMetaData());
  }

  /** As {@link #of(Rule)}, of a rule that is not built yet. */
  public static Header of(String title, Map<String, Object> metaData) {
    var id = value(metaData, "id");
    if (id == null) {
      throw new IllegalArgumentException("The rule (%s) has no @id.".formatted(title));
    }
    var severity = constant(Severity.class, title, metaData, "severity");
    if (severity == null) {
      throw new IllegalArgumentException(
          "The rule (%s) has no @severity.%nMaybe add @severity( ERROR ).".formatted(title));
    }
    var confidence = constant(Confidence.class, title, metaData, "confidence");
    var namedStage = constant(Stage.class, title, metaData, "stage");
    var stage = namedStage == null ? Stage.DATA_PATH : namedStage;
    var shows = value(metaData, "shows");
    return new Header(
        id,
        title,
        severity,
        confidence == null ? Confidence.CERTAIN : confidence,
        stage,
        shows == null
            ? Arrays.stream(SymptomKind.values())
                .filter(kind -> kind.stage().compareTo(stage) >= 0)
                .toList()
            : constants(SymptomKind.class, title, "shows", shows),
        constants(Moment.class, title, "breaks", value(metaData, "breaks")),
        "true".equals(value(metaData, "effect")),
        untried(title, metaData));
  }

  /** Whether a rule has a header at all; those that only derive facts have none. */
  public static boolean isIn(Map<String, Object> metaData) {
    return metaData.containsKey("id");
  }

  private static String untried(String title, Map<String, Object> metaData) {
    var reason = value(metaData, "untried");
    if (reason != null && reason.isBlank()) {
      throw new IllegalArgumentException(
          "The rule (%s) has @untried without a reason.".formatted(title));
    }
    return reason == null ? "" : reason;
  }

  private static <E extends Enum<E>> @Nullable E constant(
      Class<E> type, String title, Map<String, Object> metaData, String key) {
    var value = value(metaData, key);
    return value == null ? null : constant(type, title, key, value);
  }

  /** Names between commas; none where there is nothing. */
  private static <E extends Enum<E>> List<E> constants(
      Class<E> type, String title, String key, @Nullable String names) {
    return Arrays.stream((names == null ? "" : names).split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(name -> constant(type, title, key, name))
        .toList();
  }

  private static <E extends Enum<E>> E constant(
      Class<E> type, String title, String key, String value) {
    try {
      return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "The rule (%s) has @%s( %s ), which is not known.%nMaybe use one of %s."
              .formatted(title, key, value, List.of(type.getEnumConstants())),
          unknown);
    }
  }

  /** A value without the quotes that Drools leaves around it. */
  private static @Nullable String value(Map<String, Object> metaData, String key) {
    var value = metaData.get(key);
    if (value == null) {
      return null;
    }
    var text = value.toString().strip();
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }
}
