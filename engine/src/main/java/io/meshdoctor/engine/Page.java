package io.meshdoctor.engine;

import java.util.regex.Pattern;

/**
 * The page of a rule.
 *
 * @param text the whole page as Markdown
 */
public record Page(String text) {

  private static final Pattern DOC = Pattern.compile("https://istio\\.io/[^\\s)>]+");
  private static final Pattern FIX =
      Pattern.compile("(?m)^## Fix\\s+(.+?[.:])(?:\\s|$)", Pattern.DOTALL);
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** The first link to Istio's documentation; empty where there is none. */
  public String doc() {
    var matcher = DOC.matcher(text);
    return matcher.find() ? matcher.group() : "";
  }

  /** The first sentence of the section on the fix; empty where there is none. */
  public String fix() {
    var matcher = FIX.matcher(text);
    if (!matcher.find()) {
      return "";
    }
    var sentence = BLANKS.matcher(matcher.group(1)).replaceAll(" ");
    return sentence.substring(0, sentence.length() - 1);
  }
}
