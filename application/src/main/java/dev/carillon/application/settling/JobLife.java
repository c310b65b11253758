package dev.carillon.application.settling;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.BulkJobRepository.JobStanding;
import dev.carillon.application.port.ChunkChange;
import dev.carillon.application.port.Ledger;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.port.Outbox;
import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobEnding;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.message.MessageChanges;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.JobEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a job lives through because its chunks do: its beginning, its end, its settling. Part of
/// the settling step: called inside its transaction, after the chunk rows were written.
public final class JobLife {
  private final BulkJobRepository jobs;
  private final Outbox outbox;

  public JobLife(BulkJobRepository jobs, Outbox outbox) {
    this.jobs = jobs;
    this.outbox = outbox;
  }

  /// The first message of a job is about to be handed over; false when it may not be (any more),
  /// since the job was paused a moment ago.
  boolean begin(JobId job, Instant now) {
    if (jobs.move(job, JobTransition.BEGIN, null, now)) {
      tell(job, jobs.lock(job), EventType.BULK_STARTED, JobTransition.BEGIN.target(), now);
      return true;
    }
    return jobs.lock(job).status().isRunning();
  }

  /// Tells what became of messages.
  void tellOf(List<MessageChanges> changes, Instant now) {
    outbox.append(changes, now);
  }

  /// Tells of a balance that late evidence took below what its owner wants to be told.
  void tellOf(Ledger.Fall fall, Instant now) {
    outbox.append(fall.scope(), fall.event(now));
  }

  /// A chunk was written: if it closed and was the last, its job ends, unless more may come because
  /// it is OPEN; if it was the last that receipts were awaited for, its job has settled.
  void afterChunk(LockedChunk locked, ChunkChange change, Instant now) {
    JobId job = locked.chunk().key().job();
    if (change.closed()) {
      JobStanding standing = jobs.closeChunk(job, change.money().inAll(), now);
      if (standing.openChunks() == 0 && standing.status() != JobStatus.OPEN) {
        end(job, standing, now);
      }
    } else if (!locked.open()) {
      afterClosed(job, locked, locked.money().to(change.money()), now);
    }
  }

  private void afterClosed(JobId job, LockedChunk locked, Movement movement, Instant now) {
    if (!movement.isNone()) {
      jobs.addMoney(job, movement);
    }
    if (!locked.chunk().tally().hasOpenReceipts()) {
      settleIfComplete(job, jobs.lock(job), now);
    }
  }

  private void end(JobId job, JobStanding standing, Instant now) {
    Counters counters = jobs.counters(job);
    JobTransition ending = JobEnding.of(standing.status(), standing.broken(), counters);
    JobError error = ending == JobTransition.END_FAILED ? errorOf(standing) : null;
    if (!jobs.move(job, ending, error, now)) {
      throw new IllegalStateException("a job at " + standing.status() + " cannot " + ending);
    }
    EventType.of(ending)
        .ifPresent(type -> tell(standing, job, type, ending.target(), counters, now));
    settle(job, standing, ending.target(), counters, now);
  }

  /// Ends a job that has nothing to be handed over, such as one that was cancelled before anything
  /// was uploaded.
  public void endIfEmpty(JobId job, Instant now) {
    JobStanding standing = jobs.lock(job);
    if (!standing.status().isEnd() && standing.openChunks() == 0) {
      end(job, standing, now);
    }
  }

  /// The receipt window of an ended job is over: it has settled, whatever is still open.
  public void settleByDeadline(JobId job, Instant now) {
    JobStanding standing = jobs.lock(job);
    if (standing.status().isEnd()) {
      settleNow(job, standing, standing.status(), jobs.counters(job), now);
    }
  }

  /// Tells that a job was paused.
  public void tellPaused(JobId job, Instant now) {
    tell(job, jobs.lock(job), EventType.BULK_PAUSED, JobTransition.PAUSE.target(), now);
  }

  private static JobError errorOf(JobStanding standing) {
    return standing.broken() ? JobError.SYSTEM_ERROR : JobError.ALL_MESSAGES_FAILED;
  }

  private void settleIfComplete(JobId job, JobStanding standing, Instant now) {
    if (standing.status().isEnd()) {
      settle(job, standing, standing.status(), jobs.counters(job), now);
    }
  }

  private void settle(
      JobId job, JobStanding standing, JobStatus end, Counters counters, Instant now) {
    if (!counters.hasOpenReceipts()) {
      settleNow(job, standing, end, counters, now);
    }
  }

  private void settleNow(
      JobId job, JobStanding standing, JobStatus end, Counters counters, Instant now) {
    if (!jobs.settle(job, now)) {
      return;
    }
    Optional<JobTransition> correction = JobEnding.correction(end, counters);
    correction.ifPresent(move ->
        jobs.move(
            job,
            move,
            move == JobTransition.CORRECT_TO_FAILED ? JobError.ALL_MESSAGES_FAILED : null,
            now));
    JobStatus settled = correction.map(JobTransition::target).orElse(end);
    tell(standing, job, EventType.BULK_SETTLED, settled, counters, now);
  }

  private void tell(
      JobId job, JobStanding standing, EventType type, JobStatus status, Instant now) {
    tell(standing, job, type, status, jobs.counters(job), now);
  }

  private void tell(
      JobStanding standing,
      JobId job,
      EventType type,
      JobStatus status,
      Counters counters,
      Instant now) {
    outbox.append(
        standing.scope(), job, JobEvent.of(type, standing.bulkId(), status, counters, now));
  }
}
