package dev.carillon.application.recipient;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.NewRecipient;
import dev.carillon.application.port.RecipientRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientDetails;
import dev.carillon.domain.recipient.RecipientId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Stores a new recipient of the caller's business and environment.
public final class CreateRecipient {
  private static final String METHOD = "CreateRecipient";
  private static final String ID = "id";

  private final Idempotency idempotency;
  private final RecipientRepository recipients;
  private final RecipientReader reader;
  private final Uniqueness uniqueness;
  private final IdSource ids;
  private final InstantSource clock;

  public CreateRecipient(
      Idempotency idempotency,
      RecipientRepository recipients,
      RecipientReader reader,
      Uniqueness uniqueness,
      IdSource ids,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.recipients = recipients;
    this.reader = reader;
    this.uniqueness = uniqueness;
    this.ids = ids;
    this.clock = clock;
  }

  /// The recipient as it is now. Throws a DomainException: InvalidFields, AlreadyExists,
  /// RequestIdReused, and NotFound for the repeat of a request whose recipient was deleted since.
  public Recipient handle(Command command) {
    RecipientReader.Read read = reader.read(command.draft(), command.region());
    Refusals.refuse(read.violations(read.details()));
    Scope scope = command.caller().scope();
    return idempotency.once(
        request(command), () -> store(scope, read.details()), answer -> show(scope, answer));
  }

  private Map<String, String> store(Scope scope, RecipientDetails details) {
    uniqueness.takeTurn(scope, details);
    uniqueness.check(scope, details, null);
    Instant now = clock.instant();
    Recipient stored = recipients.insert(scope, new NewRecipient(ids.nextId(now), details), now);
    return Map.of(ID, Long.toString(stored.id().value()));
  }

  private Recipient show(Scope scope, Map<String, String> answer) {
    RecipientId id =
        Optional.ofNullable(answer.get(ID))
            .map(text -> new RecipientId(Long.parseLong(text)))
            .orElseThrow(() -> new IllegalStateException("an answer names no recipient"));
    return recipients.find(scope, id).orElseThrow(() -> Refusals.notFound(id));
  }

  /// The region is part of it: with another one the same digits are another number.
  private static Idempotency.Request request(Command command) {
    List<String> texts = new ArrayList<>();
    texts.add(command.region());
    texts.addAll(command.draft().texts());
    return Idempotency.Request.of(
        command.caller().scope(), METHOD, command.requestId(), texts.toArray(String[]::new));
  }

  /// Whom to store.
  ///
  /// @param requestId may be empty
  /// @param region for numbers without a country code, ISO 3166-1 alpha-2
  public record Command(Caller caller, String requestId, RecipientDraft draft, String region) {}
}
