package dev.carillon.bootstrap;

import dev.carillon.application.port.AuditTrail;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.AuditEntry;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells those who read the log what an operator has just stopped, started or switched by a call to
/// this node. What the log says is about to be stored; what was stored stands in the audit trail.
final class OperatorLog implements AuditTrail {
  private static final Logger log = LoggerFactory.getLogger(OperatorLog.class);

  /// What keeps messages from going out, or lets them go, and has no recipients in its fields.
  private static final Set<String> TOLD =
      Set.of(
          "StopBusiness",
          "ResumeBusiness",
          "UpdateCarrier",
          "SwitchDispatchOff",
          "ConfirmDispatch");

  private final AuditTrail trail;

  OperatorLog(AuditTrail trail) {
    this.trail = trail;
  }

  @Override
  public void append(AuditEntry entry) {
    trail.append(entry);
    if (TOLD.contains(entry.action())) {
      log.info(
          "{} by {}: {} {} (before: {})",
          entry.action(),
          entry.actor().principal(),
          entry.subject().name(),
          words(entry.after()),
          words(entry.before()));
    }
  }

  @Override
  public Page<AuditEntry> list(
      @Nullable BusinessId business, @Nullable Environment environment, PageRequest page) {
    return trail.list(business, environment, page);
  }

  private static String words(Map<String, String> fields) {
    return new TreeMap<>(fields).toString().replaceAll("\\p{Cntrl}", " ");
  }
}
