package dev.carillon.application;

import dev.carillon.application.port.Templating;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.ContentLimits;
import dev.carillon.domain.content.ContentSyntax;
import dev.carillon.domain.content.ContentViolation;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.Variables;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Checks content that is to be said to many, before it is known to whom.
public final class ContentCheck {
  private static final String DEFAULTS = "default_variables";

  private final Templating templating;
  private final ContentLimits limits;

  public ContentCheck(Templating templating, ContentLimits limits) {
    this.templating = templating;
    this.limits = limits;
  }

  /// Everything that keeps it from being said, in the order of the fields; empty when it may be.
  /// Paths begin with the channel, such as `sms.text`, or with `default_variables`.
  public List<FieldViolation> violations(Content content, Composition composition) {
    List<FieldViolation> violations = new ArrayList<>();
    if (content instanceof EmailContent email) {
      checkMailbox("email.from", email.from(), violations);
      checkMailbox("email.reply_to", email.replyTo(), violations);
    }
    ContentSyntax syntax = composition.syntax();
    for (ContentViolation violation : Content.violations(content, syntax, limits)) {
      violations.add(fieldViolation(violation));
    }
    if (violations.isEmpty()) {
      violations.addAll(Wording.malformed(content, composition, templating));
    }
    violations.addAll(ofDefaults(composition.defaults()));
    return violations;
  }

  /// Everything that keeps these from being the values of variables.
  static List<FieldViolation> ofDefaults(Map<String, String> defaults) {
    return Variables.violations(DEFAULTS, defaults).stream()
        .map(ContentCheck::fieldViolation)
        .toList();
  }

  private static FieldViolation fieldViolation(ContentViolation violation) {
    return new FieldViolation(violation.field(), violation.description());
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
}
