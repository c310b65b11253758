package dev.carillon.application.port;

import dev.carillon.domain.business.AuditEntry;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import org.jspecify.annotations.Nullable;

/// Keeps who changed what. What is in it stays as it is.
public interface AuditTrail {
  /// Adds an entry, inside the transaction of the change that it tells of.
  void append(AuditEntry entry);

  /// A page of what was changed, the newest first.
  ///
  /// @param business only what is this business's; null for all, and for what is everybody's
  /// @param environment only what is of this world, or of both; null for all
  Page<AuditEntry> list(
      @Nullable BusinessId business, @Nullable Environment environment, PageRequest page);
}
