package dev.carillon.application.webhook;

import dev.carillon.application.port.WebhookSender;
import dev.carillon.domain.error.DomainError.InvalidFields;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.webhook.EndpointDetails;
import java.util.ArrayList;
import java.util.List;

/// What must hold of an endpoint that is to be kept.
///
/// @param sender knows where nothing would ever be sent to
record EndpointRules(WebhookSender sender) {
  private static final String FIELD = "webhook_endpoint";

  /// Throws InvalidFields with everything that is wrong.
  void check(EndpointDetails details) {
    List<FieldViolation> violations = new ArrayList<>(details.violations(FIELD));
    sender
        .refusal(details.url())
        .ifPresent(problem -> violations.add(new FieldViolation(FIELD + ".url", problem)));
    InvalidFields.refuse(violations);
  }
}
