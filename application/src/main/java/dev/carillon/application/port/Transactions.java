package dev.carillon.application.port;

import java.util.function.Supplier;

/// Makes several port calls one fact.
public interface Transactions {
  /// Runs the work in a transaction: everything of it is stored when this returns, nothing when it
  /// throws. A call inside another's work joins it. Throws a DomainException with StoreUnavailable
  /// when the store cannot be reached within its time limit; the outcome of a commit whose answer
  /// was lost is then open, and a repeat under the same request id finds out.
  <T> T inTransaction(Supplier<T> work);

  /// The same for work without a result.
  default void run(Runnable work) {
    inTransaction(() -> {
      work.run();
      return true;
    });
  }
}
