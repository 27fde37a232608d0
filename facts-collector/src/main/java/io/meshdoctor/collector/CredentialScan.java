package io.meshdoctor.collector;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Looks through a text for credentials, and tells of what kind they are, and nothing more. */
final class CredentialScan {

  private static final int CHUNK = 64 << 10;

  /** What is looked for is recognised by less than this. */
  private static final int OVERLAP = 256;

  /** Between a name and its value; quotes may be escaped, once or more, by what they stand in. */
  private static final String IS = "\\\\*[\"']?\\s*:\\s*\\\\*[\"']?";

  private static final Map<String, Pattern> KINDS = kinds();

  private CredentialScan() {}

  private static Map<String, Pattern> kinds() {
    Map<String, Pattern> kinds = new LinkedHashMap<>();
    kinds.put(
        "bearer tokens",
        Pattern.compile(
            "\\beyJ[\\w-]{8,200}\\.eyJ[\\w-]{8}"
                + "|\\b(?:token|id-token|refresh-token|access-token)%s[\\w.~+/-]{16}"
                    .formatted(IS)));
    kinds.put("client keys", Pattern.compile("\\bclient-key-data%s[\\w+/-]{16}".formatted(IS)));
    kinds.put("passwords", Pattern.compile("\\bpassword%s[^\\s\"'\\\\{}\\[\\],]{4}".formatted(IS)));
    kinds.put("private keys", Pattern.compile("-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----"));
    return kinds;
  }

  /** The kinds of credentials that a text holds; it is read to its end, and not kept. */
  static SortedSet<String> kinds(InputStream in) throws IOException {
    SortedSet<String> found = new TreeSet<>();
    var tail = "";
    for (var bytes = in.readNBytes(CHUNK); bytes.length > 0; bytes = in.readNBytes(CHUNK)) {
      var text = tail + new String(bytes, StandardCharsets.ISO_8859_1);
      for (var kind : KINDS.entrySet()) {
        if (!found.contains(kind.getKey()) && kind.getValue().matcher(text).find()) {
          found.add(kind.getKey());
        }
      }
      tail = text.substring(Math.max(0, text.length() - OVERLAP));
    }
    return found;
  }
}
