package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.contract.AuditTrailContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.port.AuditTrail;
import dev.carillon.domain.business.AuditEntry;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqAuditTrailIT extends AuditTrailContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Override
  protected AuditTrail trail() {
    return database.database().forEngine().trail();
  }

  @Test
  void refusesToChangeWhatWasWritten() {
    append(AuditEntry.Subject.house("dispatch"));

    for (String statement :
        List.of(
            "UPDATE audit_entry SET actor = 'nobody'",
            "DELETE FROM audit_entry",
            "TRUNCATE audit_entry")) {
      assertThatThrownBy(() -> database.sql().execute(statement))
          .hasMessageContaining("audit_entry is append-only");
    }
  }
}
