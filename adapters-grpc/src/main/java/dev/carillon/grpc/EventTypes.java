package dev.carillon.grpc;

import dev.carillon.domain.message.ToldStatuses;
import dev.carillon.domain.webhook.EventType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Reads the types of events that a request names.
final class EventTypes {
  private static final String ALL = labels(_ -> true);
  private static final String OF_MESSAGES = labels(EventType::isOfMessage);

  private EventTypes() {}

  /// The types; notes each name that is none.
  ///
  /// @param path of the field in the request
  static Set<EventType> read(String path, List<String> names, Violations violations) {
    return read(path, names, _ -> true, ALL, violations);
  }

  /// The statuses of messages that the named events tell of; notes each name that is no such event.
  static ToldStatuses ofMessages(String path, List<String> names, Violations violations) {
    return ToldStatuses.of(
        read(path, names, EventType::isOfMessage, OF_MESSAGES, violations).stream()
            .flatMap(type -> type.messageStatus().stream())
            .toList());
  }

  /// The names of the events that tell of these statuses.
  static List<String> names(ToldStatuses told) {
    return told.statuses().stream()
        .flatMap(status -> EventType.of(status).stream())
        .map(EventType::label)
        .toList();
  }

  private static Set<EventType> read(
      String path,
      List<String> names,
      Predicate<EventType> allowed,
      String all,
      Violations violations) {
    EnumSet<EventType> types = EnumSet.noneOf(EventType.class);
    for (int i = 0; i < names.size(); i++) {
      Optional<EventType> type = EventType.ofLabel(names.get(i)).filter(allowed);
      if (type.isEmpty()) {
        violations.add(path + "[" + i + "]", "must be one of " + all);
      }
      type.ifPresent(types::add);
    }
    return types;
  }

  private static String labels(Predicate<EventType> which) {
    return Arrays.stream(EventType.values())
        .filter(which)
        .map(EventType::label)
        .collect(Collectors.joining(", "));
  }
}
