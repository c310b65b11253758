package dev.carillon.providers.smtp;

import dev.carillon.domain.delivery.DispatchOutcome;

/// What came of a mail at the relay.
///
/// @param bounced whether the relay proved that nobody can ever be reached there
record Delivery(DispatchOutcome outcome, boolean bounced) {
  /// Nothing was said of the recipient.
  Delivery(DispatchOutcome outcome) {
    this(outcome, false);
  }

  static Delivery of(Exchange exchange, String id) {
    return new Delivery(SmtpAnswers.outcome(exchange, id), SmtpAnswers.isBounce(exchange));
  }
}
