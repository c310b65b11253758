package dev.carillon.application.recipient;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.RecipientRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientDetails;
import dev.carillon.domain.recipient.RecipientField;
import dev.carillon.domain.recipient.RecipientKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// Changes the named fields of a recipient. What changes nothing makes no new version.
public final class UpdateRecipient {
  private static final String METHOD = "UpdateRecipient";

  private final Idempotency idempotency;
  private final RecipientRepository recipients;
  private final RecipientReader reader;
  private final Uniqueness uniqueness;
  private final InstantSource clock;

  public UpdateRecipient(
      Idempotency idempotency,
      RecipientRepository recipients,
      RecipientReader reader,
      Uniqueness uniqueness,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.recipients = recipients;
    this.reader = reader;
    this.uniqueness = uniqueness;
    this.clock = clock;
  }

  /// The recipient as it is then. Throws a DomainException: NotFound, InvalidFields (also when no
  /// address would be left), EtagMismatch, AlreadyExists, RequestIdReused.
  public Recipient handle(Command command) {
    Scope scope = command.caller().scope();
    RecipientReader.Read read =
        reader.read(command.draft(), command.region()).only(command.fields());
    return idempotency.once(
        request(command),
        () -> {
          change(command, read);
          return Map.of();
        },
        _ ->
            recipients
                .find(scope, command.key())
                .orElseThrow(() -> Refusals.notFound(command.key())));
  }

  private void change(Command command, RecipientReader.Read read) {
    Scope scope = command.caller().scope();
    uniqueness.takeTurn(scope, read.details());
    Recipient recipient =
        recipients.lock(scope, command.key()).orElseThrow(() -> Refusals.notFound(command.key()));
    Refusals.checkVersion(recipient, command.version());
    RecipientDetails changed = recipient.details().with(read.details(), command.fields());
    Refusals.refuse(read.violations(changed));
    if (!changed.equals(recipient.details())) {
      uniqueness.check(scope, changed, recipient.details());
      recipients.save(scope, List.of(recipient.with(changed, clock.instant())));
    }
  }

  private static Idempotency.Request request(Command command) {
    List<String> texts = new ArrayList<>();
    texts.add(Refusals.text(command.key()));
    texts.add(command.version().toString());
    texts.add(command.region());
    command.fields().stream().map(RecipientField::path).sorted().forEach(texts::add);
    texts.addAll(command.draft().texts());
    return Idempotency.Request.of(
        command.caller().scope(), METHOD, command.requestId(), texts.toArray(String[]::new));
  }

  /// What to change of whom.
  ///
  /// @param requestId may be empty
  /// @param version the caller's; empty when it does not matter
  /// @param draft what the fields shall be
  /// @param fields which of it counts
  /// @param region for numbers without a country code, ISO 3166-1 alpha-2
  public record Command(
      Caller caller,
      String requestId,
      RecipientKey key,
      OptionalLong version,
      RecipientDraft draft,
      Set<RecipientField> fields,
      String region) {}
}
