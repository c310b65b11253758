package dev.carillon.application.contract;

import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.ChunkChange;
import dev.carillon.application.port.ChunkChange.LeaseChange;
import dev.carillon.application.port.Ledger;
import dev.carillon.application.port.Ledger.Fall;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.domain.billing.ChunkMoney;
import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageTransition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What the suites about money share: jobs that cost something, and the steps by which their money
/// moves.
public abstract class BillingContract extends StoreContract {
  /// What one part costs in these suites.
  protected static final long PART = 20_000;

  /// Messages that did not arrive are given back, too.
  protected static final RefundPlan GENEROUS = new RefundPlan(true, true);

  protected final Ledger ledger() {
    return ports().ledger();
  }

  protected static Money dollars(long micros) {
    return new Money("USD", micros);
  }

  protected final <T> T within(Supplier<T> work) {
    return ports().transactions().inTransaction(work);
  }

  protected final boolean open(Scope scope, long credit) {
    return within(() -> ledger().open(scope, dollars(credit), NOW));
  }

  /// Stores a job of which every part costs [#PART]. The money for it is held.
  protected final StoredJob billed(JobFixture job, RefundPlan plan) {
    return store(job.costing(PART, plan));
  }

  /// Makes moves of a message, counts the money anew, and books what moved; the chunk closes once
  /// nothing waits in it.
  protected final Optional<Fall> step(StoredJob job, int position, MessageTransition... moves) {
    return step(
        job.ref(position).chunkKey(),
        chunk -> {
          for (MessageTransition move : moves) {
            if (!chunk.move(position, move)) {
              throw new AssertionError(move + " was refused");
            }
          }
        });
  }

  protected final Optional<Fall> step(ChunkKey key, Consumer<Chunk> change) {
    return within(() -> {
      LockedChunk locked = ports().chunks().lock(List.of(key)).getFirst();
      change.accept(locked.chunk());
      return book(locked);
    });
  }

  private Optional<Fall> book(LockedChunk locked) {
    Chunk chunk = locked.chunk();
    boolean closes = locked.open() && chunk.isFinished(false);
    ChunkMoney after = locked.money().after(chunk.statuses(), closes || !locked.open());
    LeaseChange lease = closes ? AT_ONCE : new LeaseChange.Keep();
    ports().chunks().save(List.of(new ChunkChange(chunk, lease, closes, Map.of(), after)));
    Movement movement = locked.money().to(after);
    if (closes) {
      ports().jobs().closeChunk(chunk.key().job(), after.inAll(), NOW);
    } else if (!locked.open() && !movement.isNone()) {
      ports().jobs().addMoney(chunk.key().job(), movement);
    }
    return movement.isNone() ? Optional.empty() : ledger().book(chunk.key(), movement, NOW);
  }
}
