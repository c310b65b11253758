package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.table;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.RecipientImportsContract;
import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.RecipientImports;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.RecipientImport;
import dev.carillon.domain.recipient.RecipientImport.Counts;
import dev.carillon.domain.recipient.RecipientMatch;
import dev.carillon.domain.recipient.RecipientViolation;
import dev.carillon.domain.recipient.RefusedRow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqRecipientImportsIT extends RecipientImportsContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Override
  protected RecipientImports imports() {
    return database.database().forEngine().imports();
  }

  @Test
  void beginsAnewWhatIsForgottenWhileItWaitsForIt() {
    Instant old = Instant.parse("1999-01-01T00:00:00Z");
    Stores stores = database.database().forEngine();
    Scope scope = database.newScope();
    stores
        .transactions()
        .run(() -> {
          RecipientImport begun = imports().lock(scope, "slow", RecipientMatch.EMAIL, "key", old);
          RefusedRow row =
              new RefusedRow(0, 1, 0, List.of(new RecipientViolation("email", "is none")));
          imports().save(scope, begun.with(new Counts(0, 0, 0, 1), old), new byte[1], List.of(row));
        });

    Background<RecipientImport> goingOn =
        stores
            .transactions()
            .inTransaction(() -> {
              assertThat(imports().forget(old.plusSeconds(1), 10)).isOne();
              Background<RecipientImport> waiting =
                  Background.start(() ->
                      stores
                          .transactions()
                          .inTransaction(() ->
                              imports().lock(scope, "slow", RecipientMatch.REFERENCE, "key", old)));
              Await.until("somebody waits for the import", this::somebodyWaits);
              assertThat(imports().forget(old.plusSeconds(1), 10)).isOne();
              return waiting;
            });

    assertThat(goingOn.result())
        .isEqualTo(RecipientImport.begin("slow", RecipientMatch.REFERENCE, old));
  }

  private boolean somebodyWaits() {
    return database.sql().fetchExists(table("pg_locks"), condition("NOT granted"));
  }
}
