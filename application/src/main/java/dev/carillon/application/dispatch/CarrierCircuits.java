package dev.carillon.application.dispatch;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.DispatchJob;
import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.JobAtWork;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.JobId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether jobs are held up by their carriers: one whose provider fails is not, as long as its
/// routes lead to another that does not. Safe for use by all workers.
public final class CarrierCircuits {
  private static final int MOST_KEPT = 10_000;

  private final BulkJobRepository jobs;
  private final Carriers carriers;
  private final FlowControl flow;
  private final Map<JobId, Traveller> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, Traveller> eldest) {
          return size() > MOST_KEPT;
        }
      };

  public CarrierCircuits(BulkJobRepository jobs, Carriers carriers, FlowControl flow) {
    this.jobs = jobs;
    this.carriers = carriers;
    this.flow = flow;
  }

  /// Whether nothing of the job can be handed over now, whatever carrier it may go by.
  boolean holdUp(JobAtWork job) {
    return isClosed(job.provider()) && !leadsElsewhere(job);
  }

  private boolean leadsElsewhere(JobAtWork job) {
    Traveller traveller = traveller(job.id());
    return traveller != null
        && carriers.routes(traveller.scope(), traveller.channel()).carriers().stream()
            .anyMatch(carrier -> !isClosed(carrier));
  }

  private boolean isClosed(CarrierId carrier) {
    return flow.closedUntil(carrier).isPresent();
  }

  private synchronized @Nullable Traveller traveller(JobId job) {
    Traveller known = kept.get(job);
    if (known == null) {
      known = jobs.dispatchJob(job).map(Traveller::of).orElse(null);
      if (known != null) {
        kept.put(job, known);
      }
    }
    return known;
  }

  /// What routes ask of a job; it never changes.
  private record Traveller(Scope scope, Channel channel) {
    static Traveller of(DispatchJob job) {
      return new Traveller(job.scope(), job.content().channel());
    }
  }
}
