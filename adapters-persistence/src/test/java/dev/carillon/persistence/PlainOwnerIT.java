package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.Contact;
import dev.carillon.application.port.Erasures;
import dev.carillon.application.port.NewRecipient;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.EmailAddress;
import dev.carillon.domain.recipient.Erasure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jooq.CloseableDSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/// The service as it is run in earnest: its database belongs to a role without any privilege, which
/// row-level security is forced upon.
class PlainOwnerIT {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void saysWhatHasToBeDoneWhereItMayNotTakeTheRolesOn() {
    DatabaseConfig config = TestDatabase.emptyOf("plain_refused");
    try (Database database = new Database(() -> config, InstantSource.system(), new Uuid7Ids())) {
      assertThatThrownBy(database::start)
          .hasStackTraceContaining("GRANT carillon_tenant, carillon_house TO plain_refused");
    }
  }

  @Test
  void keepsTheHouseAndServesTenantsWithoutAnyPrivilegeOfItsOwn() {
    DatabaseConfig config = TestDatabase.emptyOf("plain_owner");
    TestDatabase.asAdministrator("GRANT carillon_tenant, carillon_house TO plain_owner");
    try (Database database = new Database(() -> config, InstantSource.system(), new Uuid7Ids());
        CloseableDSLContext owner = DSL.using(config.jdbcUrl(), "plain_owner", "plain")) {
      database.start();
      database.demo().createIfEmpty(NOW);
      Scope scope = new Scope(new BusinessId(1), Environment.LIVE);
      JooqTransactions calls = database.callsOf(() -> Optional.of(scope));
      Stores stores = Stores.over(calls, InstantSource.system(), new OutboxNews());

      calls.run(() -> stores.recipients().insertAll(scope, people(9_000), NOW));
      assertThat(owner.fetchCount(DSL.table("recipient"))).isEqualTo(9_000);
      assertThat(relpages(owner)).isPositive();

      Stores engine = database.forEngine();
      Erasure.Subject ann =
          new Erasure.Subject.OfAddress(EmailAddress.parse("ann@example.com").orElseThrow());
      Erasure erasure = stores.erasures().request(scope, ann, NOW);
      engine.erasures().drawLine(List.of(erasure.id()));
      calls.run(() -> {
        assertThat(calls.sql().fetchCount(DSL.table("recipient"))).isEqualTo(9_000);
        assertThat(engine.erasures().due(Instant.now(), 10))
            .extracting(Erasures.Due::line)
            .containsExactly(Erasures.Line.PAST);
      });
      assertThat(engine.frozen().end(Duration.ofMinutes(1), Duration.ofMinutes(1))).isZero();
      assertThat(engine.retention().makeSearchable()).isNotNegative();
      assertThat(engine.retention().prepare()).isNotNegative();
      assertThat(engine.retention().free(NOW)).isFalse();
    }
  }

  private static int relpages(CloseableDSLContext sql) {
    return sql.fetchSingle("SELECT relpages FROM pg_class WHERE relname = 'recipient'")
        .get(0, Integer.class);
  }

  private static List<NewRecipient> people(int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            new NewRecipient(UUID.randomUUID(), Contact.named("N" + i).tagged("vip").details()))
        .toList();
  }
}
