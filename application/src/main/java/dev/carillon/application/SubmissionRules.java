package dev.carillon.application;

import dev.carillon.application.port.Audiences;
import dev.carillon.application.port.Uploads;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.job.FrequencyCap;
import dev.carillon.domain.recipient.RecipientId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What must hold of a submission as a whole, before its entries are judged one by one.
final class SubmissionRules {
  private static final int LONGEST_NAME = 200;
  private static final int HIGHEST_RATE = 1_000_000;

  private SubmissionRules() {}

  /// Throws InvalidFields with everything that is wrong.
  static void check(CreateBulkJob.Command command, Scripts scripts, Limits limits) {
    List<FieldViolation> violations = new ArrayList<>();
    checkSize(command, limits, violations);
    checkTexts(command, violations);
    checkPlan(command.plan(), violations);
    checkMaxCost(command, violations);
    violations.addAll(scripts.violations(command.content()));
    if (violations.isEmpty()
        && command.content() instanceof RequestedContent.Given(Content content, _)
        && nobodySaysAnything(content, command.audience())) {
      violations.add(new FieldViolation(contentField(content), "there is nothing to send in it"));
    }
    if (!violations.isEmpty()) {
      throw new DomainException(new DomainError.InvalidFields(List.copyOf(violations)));
    }
  }

  /// The given name, or the one that says what it is: "SMS to 500 recipients" (S0).
  static String nameOf(CreateBulkJob.Command command, Channel channel, int count) {
    if (!command.name().isBlank()) {
      return command.name();
    }
    return command.audience() instanceof Audience.Uploaded
        ? uploadName(channel)
        : nameOf(channel, count);
  }

  /// What a job is called that goes to so many: "SMS to 500 recipients" (S0).
  static String nameOf(Channel channel, int count) {
    return String.format(
        Locale.ROOT,
        "%s to %d %s",
        channel.label(),
        count,
        count == 1 ? "recipient" : "recipients");
  }

  /// What a job is called while nobody knows to how many it goes.
  static String uploadName(Channel channel) {
    return channel.label() + " to recipients being uploaded";
  }

  /// What is to be remembered of a submission whose recipients are uploaded.
  static Uploads.Terms uploadTerms(CreateBulkJob.Command command) {
    return new Uploads.Terms(
        command.defaultRegion(),
        command.duplicates(),
        command.excludedGroup(),
        command.maxCost(),
        command.plan().expireTime());
  }

  /// Throws MaxCostExceeded when it costs more than its owner wants to pay.
  static void refuseIfTooDear(Money cost, @Nullable Money most) {
    if (most != null && cost.micros() > most.micros()) {
      throw new DomainException(new DomainError.MaxCostExceeded(cost, most));
    }
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
            .requested(command.content())
            .number(command.declaredCount().orElse(-1))
            .text(command.defaultRegion())
            .text(command.priority().name())
            .text(command.duplicates().name())
            .texts(command.labels())
            .audience(command.audience());
    // Left out where they say nothing: then the fingerprint is that of versions that had none.
    if (!command.excludedGroup().isEmpty()) {
      fingerprint.text(command.excludedGroup());
    }
    FrequencyCap cap = command.frequencyCap();
    if (cap != null) {
      fingerprint.number(cap.maxMessages()).number(cap.period().toNanos());
    }
    Money maxCost = command.maxCost();
    if (maxCost != null) {
      fingerprint.text(maxCost.currency()).number(maxCost.micros());
    }
    if (!command.plan().equals(RequestedPlan.NONE)) {
      fingerprint.plan(command.plan());
    }
    if (!command.told().isEmpty()) {
      fingerprint.text("told").number(command.told().bits());
    }
    return fingerprint.hash();
  }

  private static void checkMaxCost(CreateBulkJob.Command command, List<FieldViolation> violations) {
    Money most = command.maxCost();
    if (most == null) {
      return;
    }
    if (!most.currency().equals(command.caller().currency())) {
      violations.add(
          new FieldViolation(
              "max_cost", "must be in the business's currency, " + command.caller().currency()));
    }
    if (most.micros() < 0) {
      violations.add(new FieldViolation("max_cost", "must not be negative"));
    }
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
    switch (command.audience()) {
      case Audience.Listed(String field, List<CreateBulkJob.Entry> entries) -> {
        checkSize(field, entries.size(), limits, violations);
        checkCount(command, entries.size(), violations);
      }
      case Audience.Stored(Audiences.Selection.Ids(List<RecipientId> ids)) -> {
        checkSize("recipient_ids", ids.size(), limits, violations);
        checkCount(command, ids.size(), violations);
      }
      case Audience.Stored _ -> {}
      case Audience.Uploaded _ -> refuseForUpload(command, violations);
    }
  }

  private static void checkSize(
      String field, int size, Limits limits, List<FieldViolation> violations) {
    if (size == 0) {
      violations.add(new FieldViolation(field, "must contain at least 1 recipient"));
    }
    if (size > limits.recipientsPerJob()) {
      violations.add(
          new FieldViolation(
              field,
              "must contain at most " + limits.recipientsPerJob() + " recipients, not " + size));
    }
  }

  private static void refuseForUpload(
      CreateBulkJob.Command command, List<FieldViolation> violations) {
    if (command.declaredCount().isPresent()) {
      violations.add(
          new FieldViolation("count", "is declared when the job is started, after the upload"));
    }
    // Every chunk would have to read all messages of the period.
    if (command.frequencyCap() != null) {
      violations.add(
          new FieldViolation("frequency_cap", "cannot be had where recipients are uploaded"));
    }
  }

  /// Notes that as many were declared (S2) as there are not.
  static void checkCount(CreateBulkJob.Command command, int size, List<FieldViolation> violations) {
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

  private static boolean nobodySaysAnything(Content content, Audience audience) {
    return content.isBlank()
        && switch (audience) {
          case Audience.Listed listed ->
              listed.entries().stream().noneMatch(entry -> entry.own().hasWords());
          case Audience.Stored _ -> true;
          case Audience.Uploaded _ -> false;
        };
  }

  private static String contentField(Content content) {
    return content.channel().name().toLowerCase(Locale.ROOT);
  }
}
