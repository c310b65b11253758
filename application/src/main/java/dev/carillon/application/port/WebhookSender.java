package dev.carillon.application.port;

import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.SealedSecret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Sends events to receivers outside, signed as Standard Webhooks has it, and to nobody inside the
/// own network unless that is configured.
public interface WebhookSender {
  /// Makes one attempt and returns what came of it, in bounded time, whatever the receiver does.
  /// Empty when nothing can be said of the receiver, since this node is ending or had no room to
  /// look its name up: then it is to be tried again soon. Never throws for what a receiver does.
  /// Blocks the thread that calls.
  Optional<DeliveryAnswer> send(Request request);

  /// Why nothing would ever be sent to this address, for people: it is malformed, or names an
  /// address that is refused. Looks no name up. Empty when it may be worth a try.
  Optional<String> refusal(String url);

  /// One attempt.
  ///
  /// @param business whose endpoint it is
  /// @param event known to the receiver as webhook-id, the same for every attempt
  /// @param at when this attempt is made, the receiver's protection against old ones played again
  /// @param body JSON
  /// @param secrets that are valid now, the newest first; each makes a signature
  record Request(
      BusinessId business,
      String url,
      EventId event,
      Instant at,
      String body,
      List<SealedSecret> secrets) {
    public Request {
      secrets = List.copyOf(secrets);
    }

    @Override
    public String toString() {
      return "WebhookSender.Request[" + event + "]";
    }
  }
}
