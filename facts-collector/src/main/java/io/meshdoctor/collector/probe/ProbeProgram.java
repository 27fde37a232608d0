package io.meshdoctor.collector.probe;

import io.meshdoctor.collector.Redaction;
import io.meshdoctor.collector.probe.ProbeClusters.Ran;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A program in a container that can make a probe. Each ends by itself after seconds: closing the
 * connection to a pod does not end what runs in it.
 */
enum ProbeProgram {
  /** Makes requests and connections, and says which of both went through. */
  CURL {
    @Override
    List<String> command(ProbeTarget target) {
      return target.isRequest()
          ? List.of(
              "curl",
              "-sS",
              "-g",
              "--noproxy",
              "*",
              "-m",
              SECONDS,
              "-w",
              "\\n%{http_code}",
              "http://" + target.authority() + target.path())
          : List.of(
              "curl",
              "-sS",
              "-g",
              "--noproxy",
              "*",
              "--connect-timeout",
              CONNECT_SECONDS,
              "-m",
              SECONDS,
              "-w",
              "%{time_connect}",
              "telnet://" + target.authority());
    }

    @Override
    ProbeAnswer answer(ProbeTarget target, Ran ran) {
      var lines = ran.out().strip();
      int newline = lines.lastIndexOf('\n');
      var last = lines.substring(newline + 1).strip();
      if (target.isRequest()) {
        var body = newline < 0 ? "" : lines.substring(0, newline);
        if (ran.exit() != 0) {
          return ProbeAnswer.failed(said(ran));
        }
        // at the end of a long answer the status is cut off; a proxy's own ones are short
        return STATUS.matcher(last).matches()
            ? ofStatus(Integer.parseInt(last), body)
            : ProbeAnswer.succeeded(Redaction.of(lines));
      }
      // whoever accepts a connection may say nothing on it, or close it
      return ENDS_IN_TIME.matcher(last).find() && !ZERO.matcher(last).find()
          ? ProbeAnswer.succeeded("")
          : ProbeAnswer.failed(said(ran));
    }

    @Override
    boolean isMissing(Ran ran) {
      var text = ran.err().toLowerCase(Locale.ROOT);
      return super.isMissing(ran)
          || (ran.exit() == 1 && text.contains("protocol") && text.contains("support"));
    }
  },
  /** Makes requests where there is no curl. */
  WGET {
    @Override
    List<String> command(ProbeTarget target) {
      return List.of(
          "timeout",
          SECONDS,
          "wget",
          "-q",
          "-O",
          "-",
          "-T",
          SECONDS,
          "http://" + target.authority() + target.path());
    }

    @Override
    ProbeAnswer answer(ProbeTarget target, Ran ran) {
      return ran.exit() == 0
          ? ProbeAnswer.succeeded(Redaction.of(ran.out()))
          : ProbeAnswer.failed(said(ran));
    }
  },
  /** Makes connections. */
  NC {
    @Override
    List<String> command(ProbeTarget target) {
      return List.of(
          "timeout",
          SECONDS,
          "nc",
          "-z",
          "-v",
          "-w",
          CONNECT_SECONDS,
          target.host(),
          String.valueOf(target.port()));
    }
  },
  /** Makes connections where there is nothing else. */
  BASH {
    @Override
    List<String> command(ProbeTarget target) {
      return List.of(
          "timeout",
          SECONDS,
          "bash",
          "-c",
          "exec 3<>\"/dev/tcp/$0/$1\"",
          target.host(),
          String.valueOf(target.port()));
    }
  };

  private static final String SECONDS = "5";
  private static final String CONNECT_SECONDS = "3";

  private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}");
  private static final Pattern ENDS_IN_TIME = Pattern.compile("[0-9]+[.,][0-9]+$");
  private static final Pattern ZERO = Pattern.compile("(?:^|[^0-9.,])0+[.,]0+$");

  /** Exit status of {@code timeout} when the time is over; that of BusyBox is the signal's. */
  private static final List<Integer> TIMED_OUT = List.of(124, 143);

  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  private static final int FORBIDDEN = 403;
  private static final int ABSENT = 404;

  /** Statuses that proxies give for servers they do not reach. */
  private static final Set<Integer> UNREACHED = Set.of(502, 503, 504);

  /** Those that can make a probe, the best first. */
  static List<ProbeProgram> of(ProbeTarget target) {
    return target.isRequest() ? List.of(CURL, WGET) : List.of(CURL, NC, BASH);
  }

  /** Its words; none of them is read by a shell. */
  abstract List<String> command(ProbeTarget target);

  /** What its run says. */
  ProbeAnswer answer(ProbeTarget target, Ran ran) {
    return ran.exit() == 0 ? ProbeAnswer.succeeded("") : ProbeAnswer.failed(said(ran));
  }

  /** Whether the container has no such program. */
  boolean isMissing(Ran ran) {
    var text = ran.err().toLowerCase(Locale.ROOT);
    return ran.exit() == NOT_FOUND
        || ran.exit() == NOT_EXECUTABLE
        || (ran.exit() < 0
            && (text.contains("executable file not found")
                || text.contains("no such file")
                || text.contains("not found in $path")));
  }

  /** Any answer of the application is one, also that it lacks the page or is broken. */
  private static ProbeAnswer ofStatus(int status, String body) {
    var text = Redaction.of(body);
    var isOfProxy =
        (status == FORBIDDEN && text.startsWith("RBAC:")) || (status == ABSENT && text.isEmpty());
    return isOfProxy || UNREACHED.contains(status)
        ? ProbeAnswer.failed("%s [%d]".formatted(text, status).strip())
        : ProbeAnswer.succeeded(text);
  }

  private static String said(Ran ran) {
    var text = Redaction.of(ran.err());
    if (!text.isEmpty()) {
      return text;
    }
    return TIMED_OUT.contains(ran.exit())
        ? "timed out after %s s".formatted(SECONDS)
        : "exit status %d".formatted(ran.exit());
  }
}
