package dev.carillon.application.port;

import dev.carillon.domain.job.BulkId;
import java.time.Instant;

/// Makes public ids.
public interface IdSource {
  /// A new id (UUID version 7 of that time), never given twice.
  BulkId nextBulkId(Instant now);
}
