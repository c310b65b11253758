package dev.carillon.application.event;

import dev.carillon.application.port.EventLog;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.webhook.EventType;
import java.util.OptionalLong;
import java.util.Set;

/// Reads the events of the caller's business and environment in their order, from any place, on any
/// node: who goes on after the number that it has come to misses none.
public final class ListEvents {
  private final EventLog events;

  public ListEvents(EventLog events) {
    this.events = events;
  }

  /// Some events, and how far they go. Throws a DomainException: CursorTooOld, CursorTooNew.
  public EventLog.Part handle(Query query) {
    Scope scope = query.caller().scope();
    EventLog.Part part = events.read(scope, query.after().orElse(0), query.types(), query.most());
    if (query.after().isPresent()) {
      check(scope, query.after().getAsLong(), part);
    }
    return part;
  }

  private static void check(Scope scope, long after, EventLog.Part part) {
    if (after < part.oldest()) {
      throw new DomainException(new DomainError.CursorTooOld(scope, part.oldest()));
    }
    if (after > part.upTo()) {
      throw new DomainException(new DomainError.CursorTooNew(scope, part.upTo()));
    }
  }

  /// The number of the newest event there is, of whatever scope: all that happens from now on comes
  /// after it.
  public long newest() {
    return events.newest();
  }

  /// Which events.
  ///
  /// @param after the number that was come to; empty to begin with the oldest that is kept
  /// @param types empty for all
  /// @param most events, at least 1
  public record Query(Caller caller, OptionalLong after, Set<EventType> types, int most) {
    public Query {
      types = Set.copyOf(types);
    }

    /// The same from another place on.
    public Query from(long number) {
      return new Query(caller, OptionalLong.of(number), types, most);
    }
  }
}
