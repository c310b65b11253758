package dev.carillon.application.port;

import dev.carillon.domain.job.Front;
import dev.carillon.domain.job.JobId;

/// Tells how far running jobs are, for those who ask why one waits.
public interface JobFronts {
  /// How far a running job is, as committed; Moving when it does not exist. Costs an indexed look
  /// while a worker is at it, and else one at its open chunks.
  Front of(JobId job);
}
