package dev.carillon.application.admin;

import dev.carillon.application.port.AuditTrail;
import dev.carillon.domain.business.AuditEntry;
import dev.carillon.domain.business.AuditEntry.Subject;
import dev.carillon.domain.business.Caller;
import java.time.InstantSource;
import java.util.Map;

/// Notes who changes what, as part of the change.
public final class Trail {
  private final AuditTrail entries;
  private final InstantSource clock;

  public Trail(AuditTrail entries, InstantSource clock) {
    this.entries = entries;
    this.clock = clock;
  }

  /// Notes a change, inside its transaction. Of what was and what is, only what differs is kept.
  ///
  /// @param action the RPC
  public void note(
      Caller caller,
      String action,
      Subject subject,
      Map<String, String> before,
      Map<String, String> after) {
    entries.append(AuditEntry.of(clock.instant(), caller, action, subject, before, after));
  }
}
