package dev.carillon.domain.delivery;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.SuppressionCause;
import java.time.Instant;

/// A carrier, or a recipient, tells that somebody must not be written to any more.
public sealed interface OptOut {
  /// Why.
  SuppressionCause cause();

  /// Its own words, without personal data, cut after 255 characters; may be empty.
  String detail();

  /// When it was said.
  Instant at();

  /// The recipient of this message, by the business that sent it, as long as it went through the
  /// carrier that tells so.
  record OfMessage(
      CarrierId carrier, MessageRef ref, SuppressionCause cause, String detail, Instant at)
      implements OptOut {
    public OfMessage {
      detail = CarrierWords.fit(detail);
    }
  }

  /// The recipient of this message, who says so without any carrier: by a link that nobody else was
  /// given.
  record OfRecipient(MessageRef ref, SuppressionCause cause, String detail, Instant at)
      implements OptOut {
    public OfRecipient {
      detail = CarrierWords.fit(detail);
    }
  }

  /// Somebody who wrote back to one of our numbers: by all businesses that wrote to the address
  /// from there.
  ///
  /// @param address normalised
  /// @param sender our number, short code or name as jobs give it; empty for any
  record OfAddress(
      CarrierId carrier,
      Channel channel,
      String address,
      String sender,
      SuppressionCause cause,
      String detail,
      Instant at)
      implements OptOut {
    public OfAddress {
      detail = CarrierWords.fit(detail);
    }

    @Override
    public String toString() {
      return "OptOut.OfAddress[" + carrier + ", " + cause + "]";
    }
  }
}
