package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Keeps all events in one order, for as long as they are kept.
public interface EventLog {
  /// Gives numbers to events of the outbox that are committed, and puts them down for every
  /// endpoint that wants to hear of them, in one transaction; returns how many it was at, those
  /// that a settling step tells of a chunk's messages together counted once, and so each endpoint
  /// that could not be told before, since somebody held it, and has been now; 0 when there is none
  /// or another node is at it. Numbers grow, and become visible in their order.
  int number(int most);

  /// Whether this node has appended events of late, so that some may wait for their numbers. Asks
  /// nobody: what other nodes have appended, and did not live to number, it does not know of.
  boolean mayHaveSome();

  /// Events of the scope after a number, in their order.
  ///
  /// @param after one that is greater than the newest was given in a history of the store that it
  ///   has lost: there is nothing to read then, and [Part#upTo] is less
  /// @param types empty for all that this version knows
  /// @param most events, at least 1
  Part read(Scope scope, long after, Set<EventType> types, int most);

  /// An event that is kept; empty when the scope has none of this id.
  Optional<StoredEvent> find(Scope scope, EventId id);

  /// The number that was given last, over all scopes; 0 before the first.
  long newest();

  /// Who has events after a number; asks no more of the store however many they are.
  News news(long after);

  /// Leaves out as many numbers as the store can hardly have lost. To be called when its history
  /// may have gone back: what is numbered from then on comes after whatever was read before. Does
  /// so by itself when another server or timeline of it shows that.
  void leap();

  /// Makes room for the numbers to come; returns how many parts of the store were made.
  int prepare();

  /// Frees one part of the store all of whose events, with what was tried to deliver them, are kept
  /// for so long; false when there is none.
  boolean forget(Duration kept);

  /// Who has new events.
  ///
  /// @param from after which number was looked: later than asked for where too much has happened
  ///   since, earlier where the numbers have gone back
  /// @param newest the number that was given last, up to which was looked
  /// @param latest the newest number of every scope that has events in between
  record News(long from, long newest, Map<Scope, Long> latest) {
    public News {
      latest = Map.copyOf(latest);
    }
  }

  /// Events, and how far they were looked for.
  ///
  /// @param upTo the scope has no more such events up to this number than there are here
  /// @param oldest the newest number that is not kept any more, of whatever scope; 0 when all are
  ///   kept. What was asked for after an earlier number may lack some.
  record Part(List<StoredEvent> events, long upTo, long oldest) {
    public Part {
      events = List.copyOf(events);
    }
  }
}
