package dev.carillon.domain.recipient;

import dev.carillon.domain.content.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A stored contact of a business, named, and reachable by at least one channel. Immutable; it
/// cannot be made of details that are in violation.
///
/// @param version from 1, one more with each change
public record Recipient(
    RecipientId id,
    UUID publicId,
    RecipientDetails details,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  public Recipient {
    List<RecipientViolation> violations = violations(details);
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException("not a recipient: " + violations);
    }
  }

  /// Everything that keeps details from being a recipient; empty if the constructor takes them.
  public static List<RecipientViolation> violations(RecipientDetails details) {
    return details.violations();
  }

  /// The address for a channel; empty if the recipient has none there.
  public Optional<Address> addressFor(Channel channel) {
    return Optional.ofNullable(
        switch (channel) {
          case SMS -> smsPhone();
          case WHATSAPP -> whatsappPhone();
          case EMAIL -> email();
        });
  }

  /// The same recipient with other details, in its next version, from `now` on.
  ///
  /// @throws IllegalArgumentException if the details are in violation
  public Recipient with(RecipientDetails changed, Instant now) {
    return new Recipient(id, publicId, changed, version + 1, createdAt, now);
  }

  public String firstName() {
    return details.firstName();
  }

  public String lastName() {
    return details.lastName();
  }

  public @Nullable EmailAddress email() {
    return details.email();
  }

  public @Nullable PhoneNumber smsPhone() {
    return details.smsPhone();
  }

  public @Nullable PhoneNumber whatsappPhone() {
    return details.whatsappPhone();
  }

  public PostalAddress address() {
    return details.address();
  }

  public List<String> tags() {
    return details.tags();
  }

  public String notes() {
    return details.notes();
  }

  public String reference() {
    return details.reference();
  }

  @Override
  public String toString() {
    return "Recipient[" + id.value() + "]";
  }
}
