package dev.carillon.grpc;

import dev.carillon.domain.business.Caller;
import io.grpc.Context;
import java.util.Optional;

/// Who the current call comes from.
final class Callers {
  private static final Context.Key<Caller> KEY = Context.key("caller");

  private Callers() {}

  static Context with(Caller caller) {
    return Context.current().withValue(KEY, caller);
  }

  /// Who calls; empty outside of any call.
  static Optional<Caller> known() {
    return Optional.ofNullable(KEY.get());
  }

  /// The caller that the credentials of this call stand for.
  static Caller current() {
    Caller caller = KEY.get();
    if (caller == null) {
      throw new IllegalStateException("a call without credentials has come through");
    }
    return caller;
  }
}
