package dev.carillon.application;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiConsumer;

/// What all commands that steer a job have in common: the job is the caller's own, its row is
/// locked while it is decided upon, the same request id does it once, and watchers hear of it.
public final class Steering {
  private final Idempotency idempotency;
  private final BulkJobRepository jobs;
  private final ProgressFeed feed;
  private final InstantSource clock;

  public Steering(
      Idempotency idempotency, BulkJobRepository jobs, ProgressFeed feed, InstantSource clock) {
    this.idempotency = idempotency;
    this.jobs = jobs;
    this.feed = feed;
    this.clock = clock;
  }

  /// The job after the work was done, now or under the same request id before. Throws NotFound and
  /// RequestIdReused.
  BulkJob once(Order order, BiConsumer<BulkJob, Instant> work) {
    BulkId bulkId = parse(order.bulkId());
    Idempotency.Request request =
        new Idempotency.Request(
            order.caller().scope(),
            order.method(),
            order.requestId(),
            order.details().text(bulkId.toString()).hash());
    BulkJob job =
        idempotency.once(
            request,
            () -> {
              work.accept(lock(order.caller(), bulkId), clock.instant());
              return Map.of("bulk_id", bulkId.toString());
            },
            _ -> find(order.caller(), bulkId));
    feed.changed(job.id());
    return job;
  }

  /// The job as it stands now.
  BulkJob find(Caller caller, BulkId bulkId) {
    return jobs.find(caller.scope(), bulkId)
        .orElseThrow(() -> GetBulkJob.notFound(bulkId.toString()));
  }

  /// How many of its messages are at a carrier without an answer.
  long inFlight(BulkJob job) {
    return jobs.inFlight(job.id());
  }

  BulkJobRepository jobs() {
    return jobs;
  }

  /// The id that a text names; NotFound when it names none.
  static BulkId parse(String bulkId) {
    return BulkId.parse(bulkId).orElseThrow(() -> GetBulkJob.notFound(bulkId));
  }

  /// The refusal of a job that cannot do this from where it stands.
  static DomainException illegal(BulkJob job, String action) {
    return new DomainException(
        new DomainError.IllegalTransition(job.bulkId().toString(), job.status(), action));
  }

  private BulkJob lock(Caller caller, BulkId bulkId) {
    return jobs.lock(caller.scope(), bulkId)
        .orElseThrow(() -> GetBulkJob.notFound(bulkId.toString()));
  }

  /// What is asked of which job.
  ///
  /// @param method the RPC's name
  /// @param requestId may be empty
  /// @param details what is asked besides, to know a repeat by
  record Order(Caller caller, String method, String bulkId, String requestId, Fingerprint details) {
    /// An order that says no more than which job.
    static Order of(Caller caller, String method, String bulkId, String requestId) {
      return new Order(caller, method, bulkId, requestId, new Fingerprint());
    }
  }
}
