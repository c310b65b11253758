package dev.carillon.application.recipient;

import dev.carillon.application.port.RecipientRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientKey;

/// Shows one recipient.
public final class GetRecipient {
  private final RecipientRepository recipients;

  public GetRecipient(RecipientRepository recipients) {
    this.recipients = recipients;
  }

  /// The recipient; NotFound when it does not exist or is another tenant's.
  public Recipient handle(Query query) {
    return recipients
        .find(query.caller().scope(), query.key())
        .orElseThrow(() -> Refusals.notFound(query.key()));
  }

  /// Which one.
  public record Query(Caller caller, RecipientKey key) {}
}
