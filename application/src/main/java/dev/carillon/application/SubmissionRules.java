package dev.carillon.application;

import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.ContentViolation;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What must hold of a submission as a whole, before its entries are judged one by one.
final class SubmissionRules {
  private static final int LONGEST_NAME = 200;
  private static final int HIGHEST_RATE = 1_000_000;

  private SubmissionRules() {}

  /// Throws InvalidFields with everything that is wrong.
  static void check(CreateBulkJob.Command command, Limits limits) {
    List<FieldViolation> violations = new ArrayList<>();
    checkSize(command, limits, violations);
    checkTexts(command, violations);
    checkPlan(command.plan(), violations);
    if (command.content() instanceof EmailContent email) {
      checkMailbox("email.from", email.from(), violations);
      checkMailbox("email.reply_to", email.replyTo(), violations);
    }
    for (ContentViolation violation : Content.violations(command.content(), limits.content())) {
      violations.add(new FieldViolation(violation.field(), violation.description()));
    }
    if (violations.isEmpty() && nobodySaysAnything(command)) {
      violations.add(new FieldViolation(contentField(command), "there is nothing to send in it"));
    }
    if (!violations.isEmpty()) {
      throw new DomainException(new DomainError.InvalidFields(List.copyOf(violations)));
    }
  }

  /// The given name, or the one that says what it is: "SMS to 500 recipients" (S0).
  static String nameOf(CreateBulkJob.Command command) {
    if (!command.name().isBlank()) {
      return command.name();
    }
    int count = command.entries().size();
    return String.format(
        Locale.ROOT,
        "%s to %d %s",
        command.content().channel().label(),
        count,
        count == 1 ? "recipient" : "recipients");
  }

  /// What the retry of a job is called.
  static String retryName(String name) {
    String full = "Retry of " + name;
    return full.codePointCount(0, full.length()) > LONGEST_NAME
        ? full.substring(0, full.offsetByCodePoints(0, LONGEST_NAME))
        : full;
  }

  /// Notes what is wrong with a name that may be left out.
  static void checkName(String field, String name, List<FieldViolation> violations) {
    checkText(field, name, violations);
    if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
      violations.add(
          new FieldViolation(field, "must have at most " + LONGEST_NAME + " characters"));
    }
  }

  /// Notes what is wrong with a name that takes the place of another.
  static void checkNewName(String field, String name, List<FieldViolation> violations) {
    checkName(field, name, violations);
    if (name.isBlank()) {
      violations.add(new FieldViolation(field, "must not be blank"));
    }
  }

  /// Notes what is wrong with a job's own rate.
  static void checkRate(String field, int ratePerSecond, List<FieldViolation> violations) {
    if (ratePerSecond < 0 || ratePerSecond > HIGHEST_RATE) {
      violations.add(new FieldViolation(field, "must be 0 to " + HIGHEST_RATE));
    }
  }

  /// The hash by which a repeated submission is known.
  static byte[] fingerprint(CreateBulkJob.Command command) {
    Fingerprint fingerprint =
        new Fingerprint()
            .text(command.name())
            .content(command.content())
            .number(command.declaredCount().orElse(-1))
            .text(command.defaultRegion())
            .text(command.priority().name())
            .text(command.duplicates().name())
            .texts(command.labels())
            .number(command.entries().size());
    for (CreateBulkJob.Entry entry : command.entries()) {
      fingerprint.text(entry.to()).text(entry.clientRef()).own(entry.own());
    }
    // Left out where it says nothing: then the fingerprint is that of versions that had none.
    if (!command.plan().equals(RequestedPlan.NONE)) {
      fingerprint.plan(command.plan());
    }
    return fingerprint.hash();
  }

  private static void checkPlan(RequestedPlan plan, List<FieldViolation> violations) {
    checkRate("rate_per_second", plan.ratePerSecond(), violations);
    int percent = plan.failurePercent().orElse(0);
    if (percent < 0 || percent > 100) {
      violations.add(new FieldViolation("auto_pause_failure_percent", "must be 0 to 100"));
    }
  }

  private static void checkSize(
      CreateBulkJob.Command command, Limits limits, List<FieldViolation> violations) {
    int size = command.entries().size();
    if (size == 0) {
      violations.add(
          new FieldViolation(command.entriesField(), "must contain at least 1 recipient"));
    }
    if (size > limits.recipientsPerJob()) {
      violations.add(
          new FieldViolation(
              command.entriesField(),
              "must contain at most " + limits.recipientsPerJob() + " recipients, not " + size));
    }
    command
        .declaredCount()
        .ifPresent(count -> {
          if (count != size) {
            violations.add(
                new FieldViolation(
                    "count", "must equal the number of recipients, which is " + size));
          }
        });
  }

  /// PostgreSQL keeps no NUL in a text.
  private static void checkTexts(CreateBulkJob.Command command, List<FieldViolation> violations) {
    checkText("request_id", command.requestId(), violations);
    checkText("name", command.name(), violations);
    command
        .labels()
        .forEach((key, value) -> {
          checkText("labels", key, violations);
          checkText("labels", value, violations);
        });
  }

  private static void checkText(String field, String text, List<FieldViolation> violations) {
    if (text.indexOf('\0') >= 0) {
      violations.add(new FieldViolation(field, "must not contain the NUL character"));
    }
  }

  /// A mailbox alone, or with a name before it: `Name <name@example.com>` (RFC 5322, 3.4).
  private static void checkMailbox(String field, String text, List<FieldViolation> violations) {
    String mailbox =
        text.endsWith(">") ? text.substring(text.lastIndexOf('<') + 1, text.length() - 1) : text;
    if (!text.isEmpty() && EmailAddress.parse(mailbox).isEmpty()) {
      violations.add(
          new FieldViolation(field, "must be a mailbox, such as Name <name@example.com>"));
    }
  }

  private static boolean nobodySaysAnything(CreateBulkJob.Command command) {
    return command.content().isBlank()
        && command.entries().stream().allMatch(entry -> entry.own().isEmpty());
  }

  private static String contentField(CreateBulkJob.Command command) {
    return command.content().channel().name().toLowerCase(Locale.ROOT);
  }
}
