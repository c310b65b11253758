package dev.carillon.providers.smtp;

import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.EmailAddress;
import dev.carillon.providers.callback.CallbackPlace;
import dev.carillon.providers.callback.RefTokens;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a mail names the message that it is: in its return path and its Message-ID, so that a bounce
/// tells which it is and nobody else can, and in its link to unsubscribe. Without a secret of the
/// house there are no tokens, and bounces tell nothing.
final class MailTokens {
  private static final char DELIMITER = '+';

  private final CallbackPlace place;
  private final @Nullable RefTokens bounces;
  private final @Nullable RefTokens unsubscribes;

  MailTokens(CallbackPlace place) {
    boolean secret = !place.secret().isEmpty();
    this.place = place;
    this.bounces = secret ? new RefTokens(place.secret(), "bounce") : null;
    this.unsubscribes = secret ? RefTokens.ofUnsubscribe(place.secret()) : null;
  }

  /// What a mail's Message-ID and its reports name it by.
  String token(MessageRef ref) {
    return bounces == null ? ref.toString() : bounces.token(ref);
  }

  /// The message of such a name; empty when it is none of ours.
  Optional<MessageRef> read(String token) {
    return bounces == null ? Optional.empty() : bounces.read(token);
  }

  /// Where a mail's bounces go: a variable envelope return path.
  String returnPath(String bounceAddress, MessageRef ref) {
    if (bounces == null) {
      return bounceAddress;
    }
    int at = bounceAddress.lastIndexOf('@');
    return bounceAddress.substring(0, at)
        + DELIMITER
        + bounces.token(ref)
        + bounceAddress.substring(at);
  }

  /// The message of a return path; empty when it is none of ours.
  Optional<MessageRef> ofReturnPath(String address) {
    return EmailAddress.parse(address)
        .map(EmailAddress::value)
        .map(value -> value.substring(value.indexOf(DELIMITER) + 1, value.lastIndexOf('@')))
        .flatMap(this::read);
  }

  /// Where a mail's recipient unsubscribes; empty where nobody can call.
  Optional<URI> unsubscribe(MessageRef ref) {
    return Optional.ofNullable(unsubscribes)
        .flatMap(tokens -> place.unsubscribe(tokens.token(ref)));
  }
}
