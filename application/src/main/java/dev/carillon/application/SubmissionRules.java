package dev.carillon.application;

import dev.carillon.application.port.Audiences;
import dev.carillon.application.port.Uploads;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainError.InvalidFields;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.RecipientId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What must hold of a submission as a whole, before its entries are judged one by one.
final class SubmissionRules {
  private static final int HIGHEST_RATE = 1_000_000;
  private static final String MAX_COST = "max_cost";

  private SubmissionRules() {}

  /// Throws InvalidFields with everything that is wrong, or CurrencyMismatch.
  static void check(CreateBulkJob.Command command, Scripts scripts, Limits limits) {
    List<FieldViolation> violations = new ArrayList<>();
    checkSize(command, limits, violations);
    checkTexts(command, violations);
    checkPlan(command.plan(), violations);
    checkMaxCost(command, violations);
    violations.addAll(scripts.violations(command.content()));
    if (violations.isEmpty()
        && command.content() instanceof RequestedContent.Given(Content content, _)) {
      checkWords(content, command.audience(), violations);
    }
    InvalidFields.refuse(violations);
    refuseOtherCurrency(command);
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

  /// Throws NoValidRecipients when all of them were left out.
  static void refuseIfNoneIsValid(JobWriter written) {
    if (written.accepted() == 0) {
      throw new DomainException(
          new DomainError.NoValidRecipients(written.firstRejected(), written.position()));
    }
  }

  /// Throws InvalidFields when as many were declared (S2) as there are not.
  static void refuseIfMiscounted(CreateBulkJob.Command command, int size) {
    List<FieldViolation> violations = new ArrayList<>();
    checkCount(command, size, violations);
    InvalidFields.refuse(violations);
  }

  /// Throws MaxCostExceeded when it costs more than its owner wants to pay.
  static void refuseIfTooDear(Money cost, @Nullable Money most) {
    if (most != null && cost.micros() > most.micros()) {
      throw new DomainException(new DomainError.MaxCostExceeded(cost, most));
    }
  }

  /// Notes what is wrong with a job's own rate.
  static void checkRate(String field, int ratePerSecond, List<FieldViolation> violations) {
    if (ratePerSecond < 0 || ratePerSecond > HIGHEST_RATE) {
      violations.add(new FieldViolation(field, "must be 0 to " + HIGHEST_RATE));
    }
  }

  private static void checkMaxCost(CreateBulkJob.Command command, List<FieldViolation> violations) {
    Money most = command.maxCost();
    if (most != null && most.micros() < 0) {
      violations.add(new FieldViolation(MAX_COST, "must not be negative"));
    }
  }

  private static void refuseOtherCurrency(CreateBulkJob.Command command) {
    Money most = command.maxCost();
    String currency = command.caller().currency();
    if (most != null && !most.currency().equals(currency)) {
      throw new DomainException(new DomainError.CurrencyMismatch(MAX_COST, currency));
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
      violations.add(
          new FieldViolation(
              field,
              "nobody is named to send to: give one of to, entries, recipient_ids, group_id and"
                  + " tag_expression, or set upload"));
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

  private static void checkCount(
      CreateBulkJob.Command command, int size, List<FieldViolation> violations) {
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

  /// Notes that a text has what no text may have.
  static void checkText(String field, String text, List<FieldViolation> violations) {
    // PostgreSQL keeps no NUL in a text.
    if (text.indexOf('\0') >= 0) {
      violations.add(new FieldViolation(field, "must not contain the NUL character"));
    }
  }

  private static void checkWords(
      Content content, Audience audience, List<FieldViolation> violations) {
    if (content.isBlank() && nobodyBrings(PersonalContent::hasWords, audience)) {
      violations.add(new FieldViolation(contentField(content), "there is nothing to send in it"));
    }
    if (content instanceof EmailContent email
        && email.lacksSubject()
        && nobodyBrings(own -> own.subject() != null, audience)) {
      violations.add(
          new FieldViolation("email.subject", "must not be empty, unless entries bring their own"));
    }
  }

  private static boolean nobodyBrings(Predicate<PersonalContent> words, Audience audience) {
    return switch (audience) {
      case Audience.Listed listed ->
          listed.entries().stream().map(CreateBulkJob.Entry::own).noneMatch(words);
      case Audience.Stored _ -> true;
      case Audience.Uploaded _ -> false;
    };
  }

  private static String contentField(Content content) {
    return content.channel().name().toLowerCase(Locale.ROOT);
  }
}
