package io.meshdoctor.facts;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Proxies that an istiod does not let in, by the newest lines of its log.
 *
 * @param cluster operator's name of the cluster that the istiod runs in
 * @param istiod pod of the istiod
 * @param id cluster ID that the proxies claim; empty where the line names none
 * @param of operator's name of that cluster; empty where unknown
 * @param unknown the istiod does not know the cluster that they claim to be in
 * @param text message of the newest such line
 * @param at time of that line
 * @param origin where it was seen
 */
public record RejectedProxies(
    String cluster,
    String istiod,
    String id,
    String of,
    boolean unknown,
    String text,
    @Nullable Instant at,
    Origin origin)
    implements Fact {

  /** What an API server says of a token that others than istiod are to take. */
  private static final Pattern AUDIENCES =
      Pattern.compile(
          "token audiences \\[(?<theirs>[^]]*)] is invalid for the target audiences"
              + " \\[(?<taken>[^]]*)]");

  public RejectedProxies {
    cluster = Normal.text(cluster);
    istiod = Normal.text(istiod);
    id = Normal.text(id);
    of = Normal.text(of);
    text = Normal.text(text);
    origin = Normal.origin(origin);
  }

  /** Whether their tokens are good, but meant for others than the istiod. */
  public boolean isForOthers() {
    return AUDIENCES.matcher(text).find();
  }

  /** Of such tokens, whom they are meant for, with commas between. */
  public String audiences() {
    return audiences("theirs");
  }

  /** Of such tokens, whose the istiod takes, with commas between. */
  public String audiencesTaken() {
    return audiences("taken");
  }

  private String audiences(String group) {
    Matcher matcher = AUDIENCES.matcher(text);
    return matcher.find() ? matcher.group(group).replaceAll("[\\\\\"]", "").replace(' ', ',') : "";
  }

  @Override
  public String describe() {
    return "istiod of %s logs: %s".formatted(cluster, text);
  }
}
