package dev.carillon.application.template;

import dev.carillon.application.ContentCheck;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.error.DomainError.InvalidFields;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.template.TemplateBody;
import dev.carillon.domain.template.TemplateLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What must hold of a template that is to be kept.
///
/// @param contents checks what it says
record TemplateRules(ContentCheck contents) {
  private static final String FIELD = "template";

  /// Throws InvalidFields with everything that is wrong.
  void check(TemplateLabel label, TemplateBody body) {
    List<FieldViolation> violations = new ArrayList<>(label.violations(FIELD));
    for (FieldViolation violation : contents.violations(body.content(), body.composition())) {
      violations.add(new FieldViolation(FIELD + "." + violation.path(), violation.description()));
    }
    if (violations.isEmpty() && body.content().isBlank()) {
      violations.add(
          new FieldViolation(
              FIELD + "." + field(body.content().channel()), "there is nothing to send in it"));
    }
    if (body.content() instanceof EmailContent email && email.lacksSubject()) {
      violations.add(new FieldViolation(FIELD + ".email.subject", "must not be empty"));
    }
    InvalidFields.refuse(violations);
  }

  /// Throws InvalidFields if a template of this channel would get content for another.
  void checkChannel(Channel channel, TemplateBody body) {
    Channel given = body.content().channel();
    if (given != channel) {
      InvalidFields.refuse(
          List.of(
              new FieldViolation(
                  FIELD + "." + field(given), "must be content for " + channel.label())));
    }
  }

  private static String field(Channel channel) {
    return channel.name().toLowerCase(Locale.ROOT);
  }
}
