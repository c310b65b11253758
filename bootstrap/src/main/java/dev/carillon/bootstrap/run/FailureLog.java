package dev.carillon.bootstrap.run;

import dev.carillon.domain.error.DomainException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells what went wrong in the background: that the store is away in a line, a bug with its trace
/// and an incident id.
final class FailureLog {
  private static final Logger log = LoggerFactory.getLogger(FailureLog.class);

  private FailureLog() {}

  /// @param who did not succeed
  /// @param consequence what happens now
  static void tell(String who, String consequence, Throwable failure) {
    if (failure instanceof DomainException refusal) {
      log.warn("{}: {}; {}", who, refusal.getMessage(), consequence);
    } else {
      log.error("{} failed; {}; incident {}", who, consequence, UUID.randomUUID(), failure);
    }
  }
}
