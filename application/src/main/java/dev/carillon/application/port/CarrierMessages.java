package dev.carillon.application.port;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.message.MessageRef;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Knows by carriers' own ids what they were given, of those carriers that do not echo our
/// reference, and keeps what they tell about ids that nobody knows yet.
public interface CarrierMessages {
  /// The parts that have these ids at the carrier; ids that nobody knows are left out. An id that a
  /// carrier gave several times stands for the part that it was given for last.
  Map<String, Part> find(CarrierId carrier, Collection<String> ids);

  /// Notes inside the caller's transaction, which has locked the message's chunk, what became of a
  /// part, and tells what is then known of all parts of that attempt. What is noted never becomes
  /// less: SENT, then UNDELIVERED, then DELIVERED, then READ.
  Parts note(Part part, ReceiptKind kind);

  /// Keeps receipts whose ids nobody knows yet, in a transaction of its own; those that are there
  /// already are kept once.
  void park(List<CarrierReceipt> receipts, Instant now);

  /// Parked receipts whose ids are known by now, at most `limit`, the oldest first. What was looked
  /// for in vain, and what was handed out and not unparked, is looked for again when it has been
  /// parked half as long again.
  List<Parked> matched(Instant now, int limit);

  /// Parked receipts older than `before` that name an address to which exactly one message in doubt
  /// went through that carrier, of a single part, while nothing else is under way to it there and
  /// no other id is parked for it; at most `limit`, the oldest first. What was looked for in vain
  /// is looked for again when it has been parked twice as long, and for an hour; then its address
  /// is forgotten.
  List<Parked> matchedByAddress(Instant before, int limit);

  /// Remembers inside the caller's transaction that a part has this id at the carrier, so that what
  /// is told later under it is found; does nothing when that is known.
  void learn(CarrierId carrier, String id, Part part);

  /// Forgets parked receipts, inside the caller's transaction or of their own.
  void unpark(Collection<Long> numbers);

  /// Forgets what was parked before, at most `limit`; returns how many.
  int forget(Instant parkedBefore, int limit);

  /// A part of a message at a carrier.
  ///
  /// @param number from 1
  /// @param of how many parts the attempt has
  record Part(MessageRef ref, int attempt, int number, int of) {}

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
