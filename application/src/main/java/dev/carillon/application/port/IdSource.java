package dev.carillon.application.port;

import dev.carillon.domain.job.BulkId;
import java.time.Instant;
import java.util.UUID;

/// Makes public ids.
public interface IdSource {
  /// A new id (UUID version 7 of that time), never given twice.
  UUID nextId(Instant now);

  /// The same for a job.
  default BulkId nextBulkId(Instant now) {
    return new BulkId(nextId(now));
  }
}
