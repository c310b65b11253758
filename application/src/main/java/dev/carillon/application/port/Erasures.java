package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.Erasure;
import dev.carillon.domain.recipient.ErasureId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps what is to be forgotten of whom, and how far that has come.
public interface Erasures {
  /// Notes, inside the caller's transaction, that somebody is to be forgotten within the scope, and
  /// gives it an id. From the commit on the house forgets them in the background. Asking again for
  /// the same makes another one.
  Erasure request(Scope scope, Erasure.Subject subject, Instant now);

  /// An erasure as it stands; empty when it does not exist within the scope.
  Optional<Erasure> find(Scope scope, ErasureId id);

  /// Erasures that have not ended and need not wait any longer, at most `limit`, those that have
  /// waited longest first. Only for the house's own loops: not bounded by a scope.
  List<Due> due(Instant now, int limit);

  /// Messages that these erasures have to forget and that are not erased yet, by job and position,
  /// at most `limit`; one that several of them have to forget comes with each of them.
  List<Target> targets(Collection<ErasureId> erasures, int limit);

  /// Takes out of messages, inside the caller's transaction, whom they went to, the caller's
  /// reference and all words of their own, and clears what carriers have said about them.
  ///
  /// @return how many of them were not erased before, and how many of carriers' words were cleared;
  ///   nothing is cancelled here
  Erasure.Counts clear(Collection<MessageRef> messages);

  /// Adds to what erasures have done, inside the caller's transaction.
  void add(Map<ErasureId, Erasure.Counts> done);

  /// Draws a line in time, in place of an earlier one: who began a transaction before it may not
  /// have known of these erasures, or of what they have done, and may still bring messages of
  /// theirs.
  void drawLine(Collection<ErasureId> erasures);

  /// Lets these erasures wait until that time.
  void defer(Collection<ErasureId> erasures, Instant until);

  /// Ends these erasures; whom they forgot is forgotten itself.
  void end(Collection<ErasureId> erasures, Instant now);

  /// An erasure that is to be looked at.
  record Due(ErasureId id, Line line) {}

  /// Where the store stands by the line of an erasure.
  enum Line {
    /// None was drawn yet.
    NONE,
    /// A transaction that began before it is still under way.
    AHEAD,
    /// All of them have ended, so that what they brought can be seen.
    PAST
  }

  /// A message that an erasure has to forget.
  record Target(ErasureId erasure, MessageRef message) {}
}
