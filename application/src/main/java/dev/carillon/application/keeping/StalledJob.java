package dev.carillon.application.keeping;

import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A running job that makes no progress and has no good reason to wait that anybody knows of.
///
/// @param changedAt when anything of it changed last
/// @param due when the first of its open chunks was; null when it has none and yet has not ended
/// @param routed whether routes lead its messages to any carrier; without one it waits for the
///   configuration to change
public record StalledJob(
    JobId id,
    BulkId bulkId,
    JobStatus status,
    Instant changedAt,
    @Nullable Instant due,
    boolean routed) {}
