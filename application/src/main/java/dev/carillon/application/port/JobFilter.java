package dev.carillon.application.port;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobStatus;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which jobs. An empty set, map or null bounds nothing.
///
/// @param errors keeps only these among the FAILED; other statuses are not affected
/// @param labels a job must carry all of them
public record JobFilter(
    Set<JobStatus> statuses,
    Set<JobError> errors,
    @Nullable Channel channel,
    Map<String, String> labels) {
  /// All jobs.
  public static final JobFilter ALL = new JobFilter(Set.of(), Set.of(), null, Map.of());
}
