package io.meshdoctor.collector;

import java.util.regex.Pattern;

/** Takes what may be a secret out of texts that others wrote. */
public final class Redaction {

  private static final int LONGEST = 600;

  private static final Pattern SECRETS =
      Pattern.compile(
          "-----BEGIN [A-Z ]+-----.*?(?:-----END [A-Z ]+-----|$)"
              + "|(?i:\\bbearer\\s+)\\S+"
              + "|\\beyJ[\\w-]{8,}(?:\\.[\\w-]*)*"
              + "|(?<=://)[^/@\\s]+(?=@)"
              + "|(?i:\\b(?:token|password|client-key-data|secret-key)[\"']?\\s*[:=]\\s*)\\S+"
              + "|[A-Za-z0-9+/_-]{64,}={0,2}",
          Pattern.DOTALL);

  /** What is surely a credential; certificates and long names are none. */
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]+-----|$)"
              + "|(?i:\\bbearer\\s+)\\S+"
              + "|\\beyJ[\\w-]{8,}(?:\\.[\\w-]*)*"
              + "|(?<=://)[^/@\\s]+(?=@)"
              + "|(?i:\\bauthorization\\W{1,6}basic\\s+)\\S+"
              + "|(?i:\\b(?:token|client-key-data|secret-key)\\\\*[\"']?\\s*[:=]\\s*\\\\*[\"']?)"
              + "[\\w.~+/=-]{8,}"
              + "|(?i:\\bpassword\\\\*[\"']?\\s*[:=]\\s*\\\\*[\"']?)[^\\s\"'\\\\{}\\[\\],]+",
          Pattern.DOTALL);

  private Redaction() {}

  /** The text with credentials left out, and nothing else. */
  static String ofCredentials(String text) {
    return isMarked(text) ? CREDENTIALS.matcher(text).replaceAll("[redacted]") : text;
  }

  /** Whether there is anything to look for: of the many texts of a mesh, few have it. */
  private static boolean isMarked(String text) {
    for (int i = 0; i < text.length(); i++) {
      var mark =
          switch (text.charAt(i)) {
            case '-' -> "-----BEGIN ";
            case ':' -> "://";
            case 'A', 'a' -> "authorization";
            case 'B', 'b' -> "bearer";
            case 'C', 'c' -> "client-key-data";
            case 'E', 'e' -> "eyJ";
            case 'P', 'p' -> "password";
            case 'S', 's' -> "secret-key";
            case 'T', 't' -> "token";
            default -> "";
          };
      if (!mark.isEmpty() && text.regionMatches(true, i, mark, 0, mark.length())) {
        return true;
      }
    }
    return false;
  }

  /** The text on one line, shortened, with anything that looks like a credential left out. */
  public static String of(String text) {
    String clean = SECRETS.matcher(text).replaceAll("[redacted]").strip().replaceAll("\\s+", " ");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + " ..";
  }
}
