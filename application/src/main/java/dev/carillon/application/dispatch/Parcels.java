package dev.carillon.application.dispatch;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.application.settling.LeasedChunk;
import dev.carillon.application.settling.Settled;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A chunk's messages as a carrier is given them.
final class Parcels {
  private final ChunkKey key;
  private final int first;
  private final Content content;
  private final @Nullable StoredMessage[] messages;

  Parcels(LeasedChunk leased, Content content) {
    this.key = leased.key();
    this.first = leased.first();
    this.content = content;
    this.messages = new StoredMessage[leased.size()];
    for (StoredMessage message : leased.messages()) {
      messages[message.position() - first] = message;
    }
  }

  /// Those that were marked, each with the words that this recipient gets.
  List<OutboundMessage> of(List<Settled.Marked> marked) {
    List<OutboundMessage> parcels = new ArrayList<>(marked.size());
    for (Settled.Marked message : marked) {
      parcels.add(of(message));
    }
    return parcels;
  }

  private OutboundMessage of(Settled.Marked marked) {
    StoredMessage message = messages[marked.position() - first];
    if (message == null) {
      throw new IllegalStateException(
          "message " + marked.position() + " of " + key + " is missing");
    }
    return new OutboundMessage(
        new MessageRef(key.job(), key.number(), marked.position()),
        marked.attempt(),
        marked.resent(),
        message.address(),
        message.own().isEmpty() ? content : content.with(message.own()));
  }
}
