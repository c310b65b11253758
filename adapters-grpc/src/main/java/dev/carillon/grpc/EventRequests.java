package dev.carillon.grpc;

import dev.carillon.application.event.ListEvents;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.v1.ListEventsRequest;
import dev.carillon.v1.StreamEventsRequest;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Maps requests for events to queries. Throws InvalidFields with all that cannot be mapped.
final class EventRequests {
  private EventRequests() {}

  static ListEvents.Query list(Caller caller, ListEventsRequest request) {
    return new ListEvents.Query(
        caller,
        EventCursors.number(caller.scope(), request.getCursor()),
        types(request.getTypesList()),
        request.getPageSize() == 0 ? PageRequest.DEFAULT_SIZE : request.getPageSize());
  }

  /// @param most events that are read at a time
  static ListEvents.Query stream(Caller caller, StreamEventsRequest request, int most) {
    OptionalLong after = EventCursors.number(caller.scope(), request.getCursor());
    if (request.getFromNow() && after.isPresent()) {
      throw Violations.one("from_now", "must not be set together with cursor");
    }
    return new ListEvents.Query(caller, after, types(request.getTypesList()), most);
  }

  private static Set<EventType> types(List<String> names) {
    Violations violations = new Violations();
    Set<EventType> types = EventTypes.read("types", names, violations);
    violations.refuse();
    return types;
  }
}
