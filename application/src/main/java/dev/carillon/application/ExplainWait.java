package dev.carillon.application;

import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.JobFronts;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.RouteRule;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.Wait;
import dev.carillon.domain.job.Way;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds out why a job that has not ended hands nothing over now. All but the standing of carriers
/// that fail, which each node learns for itself as soon as it has messages for them, is told from
/// what is stored, so that every node tells the same.
public final class ExplainWait {
  private final JobFronts fronts;
  private final Carriers carriers;
  private final FlowControl flow;
  private final InstantSource clock;

  public ExplainWait(JobFronts fronts, Carriers carriers, FlowControl flow, InstantSource clock) {
    this.fronts = fronts;
    this.carriers = carriers;
    this.flow = flow;
    this.clock = clock;
  }

  /// Why the job waits; empty when it is being sent, is ending or has ended.
  Optional<Wait> handle(BulkJob job) {
    return job.status().isRunning()
        ? Wait.ofRunning(job.submission().plan(), fronts.of(job.id()), ways(job), clock.instant())
        : Wait.ofStanding(job);
  }

  /// As the house is set up now.
  private List<Way> ways(BulkJob job) {
    return carriers.routes(job.scope(), job.submission().channel()).rules().stream()
        .map(this::way)
        .toList();
  }

  private Way way(RouteRule rule) {
    List<Instant> closed = new ArrayList<>();
    for (RouteRule.Share share : rule.shares()) {
      CarrierId carrier = share.carrier();
      if (!flow.isOff(carrier)) {
        Optional<Instant> until = flow.closedUntil(carrier);
        if (until.isEmpty()) {
          return new Way.Open();
        }
        closed.add(until.get());
      }
    }
    return closed.stream()
        .min(Instant::compareTo)
        .<Way>map(Way.Closed::new)
        .orElseGet(Way.Off::new);
  }
}
