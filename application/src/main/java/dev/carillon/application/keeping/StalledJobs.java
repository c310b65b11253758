package dev.carillon.application.keeping;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.BulkJobRepository.QuietJob;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.JobControls;
import dev.carillon.application.port.StoreWitness;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.SendWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds running jobs of which nothing has changed for long and which have no stated reason to
/// wait: nothing due yet, a living lease, a closed send window, a carrier that is closed or all but
/// closed by its limit, dispatch switched off. That no route leads anywhere is no reason: somebody
/// has to change that.
public final class StalledJobs {
  private final BulkJobRepository jobs;
  private final StoreWitness witness;
  private final FlowControl flow;
  private final Carriers carriers;
  private final InstantSource clock;

  public StalledJobs(
      BulkJobRepository jobs,
      StoreWitness witness,
      FlowControl flow,
      Carriers carriers,
      InstantSource clock) {
    this.jobs = jobs;
    this.witness = witness;
    this.flow = flow;
    this.carriers = carriers;
    this.clock = clock;
  }

  /// Those that stand still now, the longest first.
  ///
  /// @param quietTime without any change, after which a job is looked at
  /// @param limit at most so many are looked at
  public List<StalledJob> find(Duration quietTime, int limit) {
    Instant now = clock.instant();
    List<QuietJob> quiet = jobs.quiet(now.minus(quietTime), limit);
    if (quiet.isEmpty() || !witness.read().on()) {
      return List.of();
    }
    Map<JobId, JobControls> controls = jobs.controls(quiet.stream().map(QuietJob::id).toList());
    List<StalledJob> stalled = new ArrayList<>();
    for (QuietJob job : quiet) {
      List<CarrierId> ways = ways(job.id());
      if (!isExcused(job, ways, Optional.ofNullable(controls.get(job.id())), quietTime, now)) {
        stalled.add(
            new StalledJob(
                job.id(), job.bulkId(), job.status(), job.changedAt(), job.due(), !ways.isEmpty()));
      }
    }
    return stalled;
  }

  /// Whom its messages may go by, as the house is set up now.
  private List<CarrierId> ways(JobId id) {
    return jobs.dispatchJob(id)
        .map(job -> carriers.routes(job.scope(), job.content().channel()).carriers())
        .orElse(List.of());
  }

  private boolean isExcused(
      QuietJob job,
      List<CarrierId> ways,
      Optional<JobControls> controls,
      Duration quietTime,
      Instant now) {
    Instant due = job.due();
    if (due == null) {
      return false;
    }
    if (due.isAfter(now)) {
      return true;
    }
    boolean onlySwept = job.status() == JobStatus.CANCELLING;
    return !onlySwept
        && (waitsForWindow(controls, now)
            || ways.stream().anyMatch(way -> isClosed(way, now) || isSlow(way, quietTime)));
  }

  private static boolean waitsForWindow(Optional<JobControls> controls, Instant now) {
    return controls
        .map(JobControls::window)
        .filter((SendWindow window) -> !window.isOpen(now, List.of()))
        .isPresent();
  }

  private boolean isClosed(CarrierId carrier, Instant now) {
    return flow.closedUntil(carrier).filter(until -> until.isAfter(now)).isPresent();
  }

  private boolean isSlow(CarrierId carrier, Duration quietTime) {
    return flow.standing(carrier).inForcePerSecond().orElse(Double.MAX_VALUE)
            * quietTime.toSeconds()
        < 1;
  }
}
