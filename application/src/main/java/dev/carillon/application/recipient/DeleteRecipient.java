package dev.carillon.application.recipient;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.Erasures;
import dev.carillon.application.port.RecipientRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.Erasure;
import dev.carillon.domain.recipient.ErasureId;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientKey;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Deletes a recipient for good: the contact is gone at once, and what was sent to it is forgotten
/// in the background.
public final class DeleteRecipient {
  private static final String METHOD = "DeleteRecipient";
  private static final String ERASURE_ID = "erasure_id";

  private final Idempotency idempotency;
  private final RecipientRepository recipients;
  private final Erasures erasures;
  private final InstantSource clock;

  public DeleteRecipient(
      Idempotency idempotency,
      RecipientRepository recipients,
      Erasures erasures,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.recipients = recipients;
    this.erasures = erasures;
    this.clock = clock;
  }

  /// The erasure that was begun, as it stands now. Throws a DomainException: NotFound,
  /// EtagMismatch, RequestIdReused.
  public Erasure handle(Command command) {
    Scope scope = command.caller().scope();
    return idempotency.once(
        Idempotency.Request.of(
            scope,
            METHOD,
            command.requestId(),
            Refusals.text(command.key()),
            command.version().toString()),
        () -> delete(command),
        answer ->
            Optional.ofNullable(answer.get(ERASURE_ID))
                .flatMap(ErasureId::parse)
                .flatMap(id -> erasures.find(scope, id))
                .orElseThrow(() -> new IllegalStateException("an erasure has disappeared")));
  }

  private Map<String, String> delete(Command command) {
    Scope scope = command.caller().scope();
    Recipient recipient =
        recipients.lock(scope, command.key()).orElseThrow(() -> Refusals.notFound(command.key()));
    Refusals.checkVersion(recipient, command.version());
    Erasure erasure =
        erasures.request(scope, new Erasure.Subject.OfRecipient(recipient.id()), clock.instant());
    recipients.delete(scope, recipient.id());
    return Map.of(ERASURE_ID, erasure.id().toString());
  }

  /// Whom to delete.
  ///
  /// @param requestId may be empty
  /// @param version the caller's; empty when it does not matter
  public record Command(Caller caller, String requestId, RecipientKey key, OptionalLong version) {}
}
