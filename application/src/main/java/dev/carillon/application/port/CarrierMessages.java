package dev.carillon.application.port;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.message.MessageRef;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Knows by carriers' own ids what they were given, of those carriers that do not echo our
/// reference, and keeps what they tell about ids that nobody knows yet.
public interface CarrierMessages {
  /// The parts that have these ids at the carrier; ids that nobody knows are left out. An id that a
  /// carrier gave several times stands for the part that it was given for last.
  Map<String, Part> find(CarrierId carrier, Collection<String> ids);

  /// The part that each of these receipts is about. Of all parts that a carrier gave its id that is
  /// the latest of which no receipt has told the same; but one that tells what was told before, of
  /// the same time, is that told again, and about the same part. Left out are those whose ids
  /// nobody knows, and those that were told of every part that has the id, for another time: their
  /// id may have been given anew, and the answer may still be on its way. But that something was
  /// sent is told again and again, and always about the latest.
  Map<CarrierReceipt, Part> match(Collection<CarrierReceipt> receipts);

  /// Notes inside the caller's transaction, which has locked the message's chunk, what became of a
  /// part, and tells what is then known of all parts of that attempt. What is noted never becomes
  /// less: SENT, then UNDELIVERED, then DELIVERED, then READ.
  Parts note(Part part, ReceiptKind kind);

  /// Keeps receipts whose ids nobody knows yet, in a transaction of its own; those that are there
  /// already are kept once.
  void park(List<CarrierReceipt> receipts, Instant now);

  /// Parked receipts that [#match] finds a part for by now, at most `limit`, the oldest first. What
  /// a carrier gave the id to more than a day after parking is something else. What was looked for
  /// in vain, and what was handed out and not unparked, is looked for again when it has been parked
  /// half as long again.
  List<Parked> matched(Instant now, int limit);

  /// Parked receipts older than `before` that name an address to which exactly one message in doubt
  /// went through that carrier, of a single part, while nothing else is under way to it there and
  /// no other id is parked for it; at most `limit`, the oldest first. What was looked for in vain
  /// is looked for again when it has been parked twice as long, and for an hour; then its address
  /// is forgotten.
  List<Parked> matchedByAddress(Instant before, int limit);

  /// Remembers inside the caller's transaction that parts have these ids at the carrier, so that
  /// what is told later under them is found; what is known is left alone, and so is the empty id.
  void learn(CarrierId carrier, Map<String, Part> parts);

  /// Forgets parked receipts, inside the caller's transaction or of their own.
  void unpark(Collection<Long> numbers);

  /// Forgets what was parked before, at most `limit`; returns how many.
  int forget(Instant parkedBefore, int limit);

  /// A part of a message at a carrier.
  ///
  /// @param number from 1
  /// @param of how many parts the attempt has
  record Part(MessageRef ref, int attempt, int number, int of) {
    /// All parts of an attempt by the ids that its carrier gave them, in their order; those that it
    /// gave none are left out.
    public static Map<String, Part> byIds(MessageRef ref, int attempt, List<String> ids) {
      Map<String, Part> parts = new LinkedHashMap<>();
      for (int i = 0; i < ids.size(); i++) {
        if (!ids.get(i).isEmpty()) {
          parts.put(ids.get(i), new Part(ref, attempt, i + 1, ids.size()));
        }
      }
      return parts;
    }
  }

  /// What is known of the parts of an attempt.
  ///
  /// @param of how many there are
  /// @param kinds of each that something is known of, the furthest
  record Parts(int of, Map<Integer, ReceiptKind> kinds) {
    /// Whether all have got at least this far.
    public boolean all(Set<ReceiptKind> atLeast) {
      return kinds.size() == of && atLeast.containsAll(kinds.values());
    }
  }

  /// A parked receipt and the part that it is about.
  record Parked(long number, CarrierReceipt receipt, Part part) {}
}
