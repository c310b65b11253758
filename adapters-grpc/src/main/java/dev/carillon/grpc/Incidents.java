package dev.carillon.grpc;

import io.grpc.StatusRuntimeException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what was not foreseen into the log, under an id that the caller gets too.
final class Incidents {
  private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);

  private final Supplier<String> ids;

  /// @param ids gives a new id each time
  Incidents(Supplier<String> ids) {
    this.ids = ids;
  }

  /// The status that tells the caller the id and nothing else.
  StatusRuntimeException report(String method, Throwable failure) {
    String id = ids.get();
    LOG.error("incident {} in {}", id, method, failure);
    return CallStatuses.incident(id);
  }
}
