package dev.carillon.application.dispatch;

import dev.carillon.application.Rendering;
import dev.carillon.application.Wording;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.application.settling.LeasedChunk;
import dev.carillon.application.settling.Settled;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A chunk's messages as a carrier is given them.
final class Parcels {
  private final ChunkKey key;
  private final int first;
  private final Wording wording;
  private final Instant deadline;
  private final @Nullable StoredMessage[] messages;

  /// @param deadline of the job
  Parcels(LeasedChunk leased, Wording wording, Instant deadline) {
    this.key = leased.key();
    this.first = leased.first();
    this.wording = wording;
    this.deadline = deadline;
    this.messages = new StoredMessage[leased.size()];
    for (StoredMessage message : leased.messages()) {
      messages[message.position() - first] = message;
    }
  }

  /// Those that were marked, each with the words that this recipient gets.
  ///
  /// @param wordless gets those that cannot be rendered any more
  List<OutboundMessage> of(List<Settled.Marked> marked, Consumer<Settled.Marked> wordless) {
    List<OutboundMessage> parcels = new ArrayList<>(marked.size());
    for (Settled.Marked message : marked) {
      of(message).ifPresentOrElse(parcels::add, () -> wordless.accept(message));
    }
    return parcels;
  }

  /// Whom one of them goes to.
  String address(Settled.Marked marked) {
    return stored(marked).address();
  }

  private StoredMessage stored(Settled.Marked marked) {
    StoredMessage message = messages[marked.position() - first];
    if (message == null) {
      throw new IllegalStateException(
          "message " + marked.position() + " of " + key + " is missing");
    }
    return message;
  }

  private Optional<OutboundMessage> of(Settled.Marked marked) {
    StoredMessage message = stored(marked);
    // It was rendered when it was accepted, by the same words and values.
    return wording.render(message.own()) instanceof Rendering.Complete(Content content)
        ? Optional.of(
            new OutboundMessage(
                new MessageRef(key.job(), key.number(), marked.position()),
                marked.attempt(),
                marked.resent(),
                message.address(),
                content,
                deadline))
        : Optional.empty();
  }
}
