package dev.carillon.application.port;

import dev.carillon.domain.job.JobId;
import java.util.function.Consumer;

/// Tells all nodes that a job changed. Told after it was stored, conflated, and possibly lost: who
/// must not miss anything asks again every second.
public interface ProgressFeed {
  /// Tells that the job changed; never blocks, never throws.
  void changed(JobId job);

  /// Calls the listener for every job that changed on any node, this one included, from any thread.
  /// The listener must return at once.
  void onChange(Consumer<JobId> listener);
}
