package dev.carillon.application.keeping;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.port.Transactions;
import dev.carillon.application.settling.JobLife;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.ChunkKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Settles ended jobs whose receipt window is over: what is still in doubt is given up, and the job
/// settles with what is known. Receipts that come later are still facts.
public final class SettleByDeadline {
  private static final int JOBS = 50;
  private static final int CHUNKS_AT_ONCE = 50;

  private final Store store;
  private final Sweeping sweeping;
  private final JobLife life;
  private final ProgressFeed feed;
  private final InstantSource clock;
  private final Duration receiptWindow;

  public SettleByDeadline(
      Store store,
      Sweeping sweeping,
      JobLife life,
      ProgressFeed feed,
      InstantSource clock,
      Duration receiptWindow) {
    this.store = store;
    this.sweeping = sweeping;
    this.life = life;
    this.feed = feed;
    this.clock = clock;
    this.receiptWindow = receiptWindow;
  }

  /// Does a part of it; returns how many jobs settled.
  public int handle() {
    List<JobId> due = store.jobs().unsettled(clock.instant().minus(receiptWindow), JOBS);
    due.forEach(this::settle);
    return due.size();
  }

  private void settle(JobId job) {
    List<ChunkKey> inDoubt = store.chunks().inDoubt(job, -1, CHUNKS_AT_ONCE);
    while (!inDoubt.isEmpty()) {
      sweeping.giveUp(inDoubt);
      inDoubt = store.chunks().inDoubt(job, inDoubt.getLast().number(), CHUNKS_AT_ONCE);
    }
    store.transactions().run(() -> life.settleByDeadline(job, clock.instant()));
    feed.changed(job);
  }

  /// Where it is stored.
  public record Store(Transactions transactions, BulkJobRepository jobs, ChunkRepository chunks) {}
}
