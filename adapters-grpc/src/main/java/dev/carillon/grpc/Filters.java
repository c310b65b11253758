package dev.carillon.grpc;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Maps the lists by which a list request is filtered.
final class Filters {
  private Filters() {}

  /// The twins of the given constants; notes those that have none, "unspecified" among them.
  static <D extends Enum<D>, P extends Enum<P>> Set<D> twins(
      String field, List<P> given, EnumTwins<D, P> twins, Violations violations) {
    Set<D> wanted = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      String path = field + "[" + i + "]";
      twins
          .toDomain(given.get(i))
          .ifPresentOrElse(wanted::add, () -> violations.add(path, "must be a status that exists"));
    }
    return Set.copyOf(wanted);
  }

  /// The constants of these names; notes those that do not exist.
  static <E extends Enum<E>> Set<E> names(
      String field, List<String> given, Class<E> type, Violations violations) {
    Map<String, E> known = new HashMap<>();
    EnumSet.allOf(type).forEach(constant -> known.put(constant.name(), constant));
    Set<E> wanted = EnumSet.noneOf(type);
    for (int i = 0; i < given.size(); i++) {
      E constant = known.get(given.get(i));
      if (constant == null) {
        violations.add(field + "[" + i + "]", "must be a reason that exists");
      } else {
        wanted.add(constant);
      }
    }
    return Set.copyOf(wanted);
  }
}
