package dev.carillon.benchmarks.crash;

import dev.carillon.domain.job.JobStatus;
import java.util.List;

/// A job with all that the database has of it, read in one snapshot.
///
/// @param version changes whenever anything of it does, receipts included
/// @param messages in the order of their positions
/// @param events what was noted to be told outward, by name
record StoredJob(
    long id,
    String bulkId,
    JobStatus status,
    int openChunks,
    long version,
    List<StoredChunk> chunks,
    List<StoredMessage> messages,
    List<String> events) {}
