package io.meshdoctor.cli;

import io.meshdoctor.collector.UnreadableInputException;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says in one line what went wrong.
 *
 * <p>Exceptions of libraries quote what they were given, which may be a secret: of these only the
 * kind is printed, and where they came from.
 */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private static final String OWN = "io.meshdoctor.";

  private final MeshdoctorCommand common;

  Failures(MeshdoctorCommand common) {
    this.common = common;
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    var commandLine = wrong.getCommandLine();
    var err = commandLine.getErr();
    if (arguments.length == 0) {
      commandLine.usage(err);
      return ExitStatus.USAGE.code();
    }
    say(err, lowerCase(firstLine(wrong.getMessage())));
    if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
      err.printf("Try '%s --help'.%n", commandLine.getCommandSpec().qualifiedName());
    }
    err.flush();
    return ExitStatus.USAGE.code();
  }

  @Override
  public int handleExecutionException(
      Exception failed, CommandLine commandLine, ParseResult arguments) {
    var err = commandLine.getErr();
    if (failed instanceof UnreadableInputException || failed instanceof UsageException) {
      say(err, firstLine(failed.getMessage()));
      return ExitStatus.USAGE.code();
    }
    broken(failed, err);
    return ExitStatus.BROKEN.code();
  }

  /** Says that the program itself failed. */
  void broken(Throwable failed, PrintWriter err) {
    if (failed instanceof OutOfMemoryError) {
      say(err, "out of memory; give it more with MESHDOCTOR_JAVA_OPTS=-Xmx4g");
    } else if (common.debugging()) {
      say(err, "failed: " + what(failed));
      trace(failed, err);
    } else {
      say(err, "failed: %s (-vv shows where)".formatted(what(failed)));
    }
    err.flush();
  }

  /** Says in one line what is no failure and yet is to be known, whoever named it. */
  static void warn(PrintWriter err, String message) {
    say(err, "warning: " + message.replaceAll("\\p{C}", "?"));
  }

  private static void say(PrintWriter err, String message) {
    err.println("meshdoctor: " + message);
    err.flush();
  }

  /** What went wrong, in words that quote nothing. */
  static String what(Throwable failed) {
    return isOwn(failed) && failed.getMessage() != null
        ? firstLine(failed.getMessage())
        : failed.getClass().getSimpleName();
  }

  /** Whether the words were written here: a library's message may quote a secret. */
  private static boolean isOwn(Throwable failed) {
    var trace = failed.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith(OWN);
  }

  private static void trace(Throwable failed, PrintWriter err) {
    for (Throwable one = failed; one != null; one = one.getCause()) {
      err.println(one == failed ? what(one) : "caused by " + what(one));
      for (var frame : one.getStackTrace()) {
        err.println("    at " + frame);
      }
    }
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }

  private static String lowerCase(String message) {
    return message.isEmpty()
        ? message
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
