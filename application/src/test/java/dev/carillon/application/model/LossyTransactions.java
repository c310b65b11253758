package dev.carillon.application.model;

import dev.carillon.application.port.Transactions;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.function.Supplier;

/// Transactions of which the next can be told to fail: before its commit, or with the commit made
/// and its answer lost.
final class LossyTransactions implements Transactions {
  private final Transactions real;
  private Loss next = Loss.NONE;

  LossyTransactions(Transactions real) {
    this.real = real;
  }

  void loseNext(Loss loss) {
    next = loss;
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    Loss loss = next;
    next = Loss.NONE;
    T result =
        real.inTransaction(() -> {
          T done = work.get();
          if (loss == Loss.COMMIT) {
            throw away();
          }
          return done;
        });
    if (loss == Loss.ANSWER) {
      throw away();
    }
    return result;
  }

  private static DomainException away() {
    return new DomainException(new DomainError.StoreUnavailable(Duration.ofSeconds(1)));
  }

  /// What is lost.
  enum Loss {
    NONE,
    COMMIT,
    ANSWER
  }
}
