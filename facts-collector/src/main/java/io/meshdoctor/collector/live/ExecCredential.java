package io.meshdoctor.collector.live;

import io.meshdoctor.collector.Redaction;
import io.meshdoctor.collector.live.Contexts.Entry;
import io.meshdoctor.collector.live.Contexts.Target;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs the program of a kubeconfig that prints a credential. It is started without a shell, and
 * what it writes to stderr is kept apart from the credential.
 */
final class ExecCredential {

  private static final int MAX_OUTPUT = 1 << 20;
  private static final int MAX_ERRORS = 4096;
  private static final String DEFAULT_VERSION = "client.authentication.k8s.io/v1";

  private static final List<String> OF_CLUSTER =
      List.of(
          "server",
          "tls-server-name",
          "insecure-skip-tls-verify",
          "certificate-authority-data",
          "proxy-url",
          "disable-compression");

  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> environment;
  private final Deadline deadline;

  ExecCredential(Map<String, String> environment, Deadline deadline) {
    this.environment = Map.copyOf(environment);
    this.deadline = deadline;
  }

  /** What a program printed. */
  record Credential(String token, String certificate, String key) {

    /** All of it is secret. */
    @Override
    public String toString() {
      return "credential";
    }
  }

  /**
   * Runs the program.
   *
   * @throws IOException if it fails; the message has the beginning of its stderr, without secrets
   */
  Credential of(Target target) throws IOException {
    var exec = new Entry(target.user().value().path("exec"), target.user().directory());
    var builder = new ProcessBuilder(command(exec));
    builder.environment().clear();
    builder.environment().putAll(environment);
    for (var variable : exec.value().path("env")) {
      builder
          .environment()
          .put(variable.path("name").asString(""), variable.path("value").asString(""));
    }
    builder.environment().put("KUBERNETES_EXEC_INFO", info(exec, target.cluster()));
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      var hint = Redaction.of(exec.text("installHint"));
      throw new UnusableContextException(
          "its credential program %s cannot be started%s"
              .formatted(exec.text("command"), hint.isEmpty() ? "" : ": " + hint));
    }
    return credential(exec, process);
  }

  private static List<String> command(Entry exec) throws UnusableContextException {
    List<String> command = new ArrayList<>();
    var program = exec.text("command");
    if (program.isEmpty()) {
      throw new UnusableContextException("its user has an exec without command");
    }
    // as for kubectl, a path is relative to the kubeconfig, and a bare name is looked up
    command.add(program.contains("/") ? exec.file("command").toString() : program);
    exec.value().path("args").forEach(argument -> command.add(argument.asString("")));
    return command;
  }

  private static String info(Entry exec, Entry cluster) {
    var version = exec.text("apiVersion");
    ObjectNode info = JSON.createObjectNode();
    info.put("apiVersion", version.isEmpty() ? DEFAULT_VERSION : version);
    info.put("kind", "ExecCredential");
    var spec = info.putObject("spec").put("interactive", false);
    if (exec.value().path("provideClusterInfo").asBoolean(false)) {
      var known = spec.putObject("cluster");
      for (var name : OF_CLUSTER) {
        var value = cluster.value().path(name);
        if (!value.isMissingNode()) {
          known.set(name, value);
        }
      }
      for (var extension : cluster.value().path("extensions")) {
        if (extension.path("name").asString("").equals("client.authentication.k8s.io/exec")) {
          known.set("config", extension.path("extension"));
        }
      }
    }
    return JSON.writeValueAsString(info);
  }

  private Credential credential(Entry exec, Process process) throws IOException {
    var output = new Drain(process.getInputStream(), MAX_OUTPUT);
    var errors = new Drain(process.getErrorStream(), MAX_ERRORS);
    var program = exec.text("command");
    try {
      output.start();
      errors.start();
      if (!process.waitFor(deadline.left(), TimeUnit.MILLISECONDS)) {
        throw new UnusableContextException(
            "its credential program %s did not end in time".formatted(program));
      }
      // a child that it left behind may hold the pipes open
      output.join(1000);
      errors.join(1000);
      if (process.exitValue() != 0) {
        var said = Redaction.of(errors.text());
        throw new UnusableContextException(
            "its credential program %s failed (exit status %d)%s"
                .formatted(program, process.exitValue(), said.isEmpty() ? "" : ": " + said));
      }
      return credential(program, JSON.readTree(output.text()).path("status"));
    } catch (JacksonException e) {
      throw new UnusableContextException(
          "its credential program %s printed no ExecCredential".formatted(program));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw deadline.late();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Credential credential(String program, JsonNode status)
      throws UnusableContextException {
    var token = status.path("token").asString("");
    var certificate = status.path("clientCertificateData").asString("");
    if (token.isEmpty() && certificate.isEmpty()) {
      throw new UnusableContextException(
          "its credential program %s printed no ExecCredential".formatted(program));
    }
    return new Credential(token, certificate, status.path("clientKeyData").asString(""));
  }

  /** Takes what a program writes, so that it never has to wait; keeps the beginning of it. */
  private static final class Drain extends Thread {

    private final InputStream in;
    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Drain(InputStream in, int limit) {
      super("output of a credential program");
      setDaemon(true);
      this.in = in;
      this.limit = limit;
    }

    @Override
    public void run() {
      var buffer = new byte[8192];
      try (in) {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          synchronized (kept) {
            kept.write(buffer, 0, Math.min(count, limit - kept.size()));
          }
        }
      } catch (IOException e) {
        // it was ended; what came so far is kept
      }
    }

    String text() {
      synchronized (kept) {
        return kept.toString(StandardCharsets.UTF_8);
      }
    }
  }
}
