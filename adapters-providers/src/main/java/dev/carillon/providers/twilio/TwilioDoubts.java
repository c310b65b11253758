package dev.carillon.providers.twilio;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.message.MessageRef;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What this node has to know to find a message again whose answer was lost: Twilio keeps no
/// reference of ours that could be asked for. Bounded: the oldest is forgotten first, and after a
/// restart nothing is known. Then a status callback settles it, or nothing does.
final class TwilioDoubts {
  private static final int MOST_DOUBTS = 10_000;
  private static final int MOST_TAKEN = 50_000;

  private final Map<MessageRef, Doubt> doubts = new LinkedHashMap<>();
  private final Set<String> taken = new LinkedHashSet<>();

  /// That the answer to a message was lost.
  synchronized void add(OutboundMessage message, Instant from, Instant to) {
    Optional<String> words = TwilioRequests.words(message.content());
    if (words.isPresent()) {
      // The later attempt is the one in question.
      doubts.remove(message.ref());
      doubts.put(message.ref(), new Doubt(TwilioRequests.to(message), words.get(), from, to));
      forgetOldest(doubts.keySet(), MOST_DOUBTS);
    }
  }

  /// That Twilio gave some message this sid, so that it is no other's.
  synchronized void isTaken(String sid) {
    taken.add(sid);
    forgetOldest(taken, MOST_TAKEN);
  }

  /// What is known of a message in doubt.
  synchronized Optional<Doubt> of(MessageRef ref) {
    return Optional.ofNullable(doubts.get(ref));
  }

  /// Whether the sid may still be anybody's.
  synchronized boolean isFree(String sid) {
    return !taken.contains(sid);
  }

  /// Whether another message in doubt could be taken for this one.
  synchronized boolean hasTwin(Doubt doubt) {
    return doubts.values().stream().filter(doubt::looksLike).count() > 1;
  }

  /// That a message was found.
  synchronized void settle(MessageRef ref, String sid) {
    doubts.remove(ref);
    isTaken(sid);
  }

  private static void forgetOldest(Collection<?> all, int most) {
    if (all.size() > most) {
      var oldest = all.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /// A message whose answer was lost.
  ///
  /// @param from when its request began
  /// @param to when it was given up
  record Doubt(String address, String words, Instant from, Instant to) {
    /// Whether they cannot be told apart by what Twilio shows.
    boolean looksLike(Doubt other) {
      return address.equals(other.address)
          && words.equals(other.words)
          && !from.isAfter(other.to)
          && !other.from.isAfter(to);
    }

    @Override
    public String toString() {
      return "Doubt[" + from + "]";
    }
  }
}
