package dev.carillon.application;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.FieldViolation;
import java.util.List;
import java.util.Locale;

/// What jobs are called, and which names they may have.
final class JobNames {
  private static final int LONGEST = 200;

  private JobNames() {}

  /// The given name, or the one that says what it is.
  static String of(CreateBulkJob.Command command, Channel channel, int count) {
    if (!command.name().isBlank()) {
      return command.name();
    }
    return command.isUploaded() ? ofUpload(channel) : of(channel, count);
  }

  /// What a job is called that goes to so many: "SMS to 500 recipients" (S0).
  static String of(Channel channel, int count) {
    return String.format(
        Locale.ROOT,
        "%s to %d %s",
        channel.label(),
        count,
        count == 1 ? "recipient" : "recipients");
  }

  /// What a job is called while nobody knows to how many it goes.
  static String ofUpload(Channel channel) {
    return channel.label() + " to recipients being uploaded";
  }

  /// What the retry of a job is called.
  static String ofRetry(String name) {
    String full = "Retry of " + name;
    return full.codePointCount(0, full.length()) > LONGEST
        ? full.substring(0, full.offsetByCodePoints(0, LONGEST))
        : full;
  }

  /// Notes what is wrong with a name that may be left out.
  static void check(String field, String name, List<FieldViolation> violations) {
    SubmissionRules.checkText(field, name, violations);
    if (name.codePointCount(0, name.length()) > LONGEST) {
      violations.add(new FieldViolation(field, "must have at most " + LONGEST + " characters"));
    }
  }

  /// Notes what is wrong with a name that takes the place of another.
  static void checkNew(String field, String name, List<FieldViolation> violations) {
    check(field, name, violations);
    if (name.isBlank()) {
      violations.add(new FieldViolation(field, "must not be blank"));
    }
  }
}
