package dev.carillon.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads which fields of a resource an update means (AIP-134): those that its mask names or, where
/// there is none, those that are populated. Whole fields only.
final class FieldMasks {
  private static final String ALL = "*";

  private final List<String> updatable;

  FieldMasks(String... updatable) {
    this.updatable = List.of(updatable);
  }

  /// The fields that the mask names; notes each path that may not be updated.
  Set<String> named(FieldMask mask, Violations violations) {
    for (int i = 0; i < mask.getPathsCount(); i++) {
      String path = mask.getPaths(i);
      if (!path.equals(ALL) && !updatable.contains(path)) {
        violations.add(
            "update_mask.paths[" + i + "]",
            "must be one of " + String.join(", ", updatable) + ", or *");
      }
    }
    Set<String> named = new HashSet<>(mask.getPathsList());
    return named.contains(ALL) ? Set.copyOf(updatable) : named;
  }

  /// The fields that may be updated and are populated.
  Set<String> populated(Message resource) {
    return resource.getAllFields().keySet().stream()
        .map(FieldDescriptor::getName)
        .filter(updatable::contains)
        .collect(Collectors.toUnmodifiableSet());
  }
}
