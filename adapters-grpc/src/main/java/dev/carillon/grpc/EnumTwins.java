package dev.carillon.grpc;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Pairs the constants of a domain enum with those of its twin in the API, by name and once. A
/// domain constant without a twin fails the start, not a call.
final class EnumTwins<D extends Enum<D>, P extends Enum<P>> {
  private final Map<D, P> toProto;
  private final Map<P, D> toDomain;

  private EnumTwins(Map<D, P> toProto, Map<P, D> toDomain) {
    this.toProto = toProto;
    this.toDomain = toDomain;
  }

  /// @param prefix what stands before the domain's name in the API's
  static <D extends Enum<D>, P extends Enum<P>> EnumTwins<D, P> of(
      Class<D> domain, Class<P> proto, String prefix) {
    Map<D, P> toProto = new EnumMap<>(domain);
    Map<P, D> toDomain = new EnumMap<>(proto);
    for (D constant : domain.getEnumConstants()) {
      P twin = Enum.valueOf(proto, prefix + constant.name());
      toProto.put(constant, twin);
      toDomain.put(twin, constant);
    }
    return new EnumTwins<>(toProto, toDomain);
  }

  P toProto(D constant) {
    P twin = toProto.get(constant);
    if (twin == null) {
      throw new IllegalStateException("no twin in the API: " + constant);
    }
    return twin;
  }

  /// Empty for "unspecified" and for what this version does not know.
  Optional<D> toDomain(P constant) {
    return Optional.ofNullable(toDomain.get(constant));
  }
}
