package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import java.util.function.Supplier;

/// Tells the store for which tenant the current work is done, apart from what its statements say:
/// the store shows that work nothing of any other, and lets it write nothing of any other, even if
/// a statement forgets to ask for the tenant's own.
public interface Tenancy {
  /// Does the work on this thread for the tenant whose scope a credential stands for, and returns
  /// what it returns. Threads that the work starts are not bound. Work for clients that nobody
  /// bound to a tenant finds nothing.
  <T> T call(Scope scope, Supplier<T> work);

  /// Does the work on this thread for the tenant, as [#call] does.
  default void run(Scope scope, Runnable work) {
    call(
        scope,
        () -> {
          work.run();
          return scope;
        });
  }
}
