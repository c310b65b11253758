package dev.carillon.application.erasure;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.Erasures;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.RecipientRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.Address;
import dev.carillon.domain.recipient.EmailAddress;
import dev.carillon.domain.recipient.Erasure;
import dev.carillon.domain.recipient.ErasureId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/// Has an address forgotten, whoever had it: contacts lose it at once, and those who have no other
/// are deleted; in the background what waits for it is cancelled, and everything that was sent to
/// it loses address and words. The suppression list keeps it, so that nobody writes to it again.
public final class EraseAddress {
  private static final String METHOD = "EraseAddress";
  private static final String ERASURE_ID = "erasure_id";

  private final Idempotency idempotency;
  private final Erasures erasures;
  private final RecipientRepository recipients;
  private final Numbering numbering;
  private final InstantSource clock;

  public EraseAddress(
      Idempotency idempotency,
      Erasures erasures,
      RecipientRepository recipients,
      Numbering numbering,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.erasures = erasures;
    this.recipients = recipients;
    this.numbering = numbering;
    this.clock = clock;
  }

  /// The erasure, as it stands now. Throws a DomainException: InvalidFields, RequestIdReused.
  public Erasure handle(Command command) {
    Address address =
        parse(command)
            .orElseThrow(() ->
                new DomainException(
                    new DomainError.InvalidFields(
                        List.of(new FieldViolation("address", "is no address of this channel")))));
    return idempotency.once(
        Idempotency.Request.of(
            command.caller().scope(), METHOD, command.requestId(), checkByte(address)),
        () -> request(command, address),
        answer -> show(command, answer));
  }

  /// Tells nearly every other address from this one, and nobody which one it was: what remembers
  /// the request outlives the erasure, and a whole hash could be traced by trying all numbers.
  private static String checkByte(Address address) {
    CRC32 sum = new CRC32();
    sum.update(address.value().getBytes(StandardCharsets.UTF_8));
    return Long.toString(sum.getValue() & 0xff);
  }

  private Map<String, String> request(Command command, Address address) {
    Scope scope = command.caller().scope();
    Instant now = clock.instant();
    Erasure erasure = erasures.request(scope, new Erasure.Subject.OfAddress(address), now);
    // What went to them went to other addresses, too, before they had this one. Theirs come after
    // it, so that it counts what both would forget.
    Instant after = now.plusMillis(1);
    recipients
        .withdraw(scope, address, now)
        .forEach(id -> erasures.request(scope, new Erasure.Subject.OfRecipient(id), after));
    return Map.of(ERASURE_ID, erasure.id().toString());
  }

  private Erasure show(Command command, Map<String, String> answer) {
    return Optional.ofNullable(answer.get(ERASURE_ID))
        .flatMap(ErasureId::parse)
        .flatMap(id -> erasures.find(command.caller().scope(), id))
        .orElseThrow(() -> new IllegalStateException("an erasure has disappeared"));
  }

  private Optional<Address> parse(Command command) {
    return switch (command.channel()) {
      case SMS, WHATSAPP ->
          numbering.parse(command.address(), command.caller().defaultRegion()).map(n -> n);
      case EMAIL -> EmailAddress.parse(command.address()).map(mailbox -> mailbox);
    };
  }

  /// Which address.
  ///
  /// @param requestId may be empty
  /// @param channel how the address is to be read; what went to it by another channel is forgotten
  ///   as well
  /// @param address as the caller wrote it
  public record Command(Caller caller, String requestId, Channel channel, String address) {
    @Override
    public String toString() {
      return "EraseAddress.Command[" + channel + "]";
    }
  }
}
