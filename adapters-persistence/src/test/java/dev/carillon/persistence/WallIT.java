package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// The second wall: what a connection for calls sees and may write when a statement itself asks for
/// everybody's.
@TestInstance(Lifecycle.PER_CLASS)
class WallIT {
  /// insufficient_privilege (PostgreSQL manual, Appendix A), of a row and of a table.
  private static final String REFUSED = "42501";

  /// Not for calls at all.
  private static final Set<String> OF_THE_HOUSE = Set.of("api_key");

  /// Only looked at by calls.
  private static final Set<String> READ_ONLY = Set.of("business");

  @AutoClose private final TestDatabase database = TestDatabase.create();
  private final Scope own = database.newScope();
  private final List<Scope> scopes =
      List.of(
          own,
          new Scope(own.business(), Environment.TEST),
          database.newScope(),
          new Scope(new BusinessId(own.business().value() + 1), Environment.TEST));
  private final List<String> walled = walled();
  private final JooqTransactions calls = database.callsOf(own);
  private final JooqTransactions house =
      (JooqTransactions) database.database().forHouse().transactions();
  private final JooqTransactions nobodys = database.database().callsOf(Optional::empty);

  WallIT() {
    ExampleRows.insert(database.sql(), scopes);
  }

  @Test
  void everyTableThatCarriesABusinessHasAWall() {
    assertThat(walled)
        .contains("business", "job", "recipient", "template", "outbox", "account", "ledger_entry")
        .hasSizeGreaterThan(12);
    assertThat(
            database
                .sql()
                .fetch(
                    """
                    SELECT c.relname FROM pg_class c
                    WHERE c.relname = ANY (?) AND c.relkind IN ('r', 'p')
                      AND c.relrowsecurity AND c.relforcerowsecurity
                      AND (
                        SELECT array_agg(p.polname::text ORDER BY p.polname) FROM pg_policy p
                        WHERE p.polrelid = c.oid AND p.polname <> 'general'
                          AND p.polpermissive AND p.polcmd = '*') = '{house,tenant}'\
                    """,
                    (Object) walled.toArray(String[]::new))
                .getValues(0, String.class))
        .containsExactlyInAnyOrderElementsOf(walled);
  }

  @Test
  void showsATenantItsOwnRowsOnlyWhateverAStatementAsksFor() {
    for (String table : walled) {
      long rows = count(database.sql(), table);
      assertThat(rows).as(table).isGreaterThanOrEqualTo(2);
      if (OF_THE_HOUSE.contains(table)) {
        assertThat(refusal(calls.sql(), "SELECT * FROM " + table)).as(table).isEqualTo(REFUSED);
        continue;
      }
      assertThat(count(calls.sql(), table))
          .as(table)
          .isEqualTo(ExampleRows.ownOf(database.sql(), table, own))
          .isPositive()
          .isLessThan(rows);
      assertThat(count(nobodys.sql(), table)).as(table).isZero();
      assertThat(count(house.sql(), table)).as(table).isEqualTo(rows);
    }
  }

  @Test
  void neitherTakesNorLeavesARowOfAnother() {
    Scope other = scopes.get(2);
    for (String table : walled) {
      if (OF_THE_HOUSE.contains(table) || READ_ONLY.contains(table)) {
        continue;
      }
      String moved = "UPDATE " + table + " SET business_id = " + other.business().value();
      assertThat(catchThrowableOfType(DataAccessException.class, () -> calls.sql().execute(moved)))
          .as(table)
          .isNotNull();
      assertThat(refusal(calls.sql(), ExampleRows.statement(table, other)))
          .as(table)
          .isEqualTo(REFUSED);
      assertThat(refusal(nobodys.sql(), ExampleRows.statement(table, own)))
          .as(table)
          .isEqualTo(REFUSED);
    }
    assertThat(refusal(calls.sql(), "UPDATE business SET name = 'mine'")).isEqualTo(REFUSED);
    assertThat(calls.sql().execute("DELETE FROM suppression")).isEqualTo(1);
    assertThat(count(database.sql(), "suppression")).isEqualTo(3);
    ExampleRows.insert(calls.sql(), "suppression", own);
  }

  @Test
  void showsTheHousesPricesToEverybodyAndLetsNobodyChangeThem() {
    Scope own = database.newScope();
    String general =
        "INSERT INTO price (environment, channel, country, prefix, unit, currency, micros,"
            + " valid_from, created_by, created_at)"
            + " VALUES ('LIVE', 'SMS', 'ZW', '', 1, 'USD', 1, now(), 'test', now())";
    database.sql().execute(general);
    DSLContext tenant = database.callsOf(own).sql();

    assertThat(count(tenant, "price")).isEqualTo(1);
    assertThat(tenant.execute("UPDATE price SET micros = 0")).isZero();
    assertThat(tenant.execute("DELETE FROM price")).isZero();
    assertThat(refusal(tenant, general)).isEqualTo(REFUSED);
    database.sql().execute("DELETE FROM price WHERE business_id IS NULL");
  }

  @Test
  void keepsWhatCarriersToldFromCallsAndShowsThemOnlyTheNamesOfCarriers() {
    for (String table : List.of("carrier_part", "part_receipt", "parked_receipt", "bind_slot")) {
      for (JooqTransactions some : List.of(calls, nobodys)) {
        assertThat(refusal(some.sql(), "SELECT * FROM " + table)).as(table).isEqualTo(REFUSED);
        assertThat(refusal(some.sql(), "DELETE FROM " + table)).as(table).isEqualTo(REFUSED);
      }
      assertThat(count(house.sql(), table)).as(table).isZero();
    }
    assertThat(count(calls.sql(), "carrier")).isZero();
    assertThat(refusal(calls.sql(), "INSERT INTO carrier VALUES (1, 'mine')")).isEqualTo(REFUSED);
    assertThat(refusal(calls.sql(), "SELECT carrier_number('mine')")).isEqualTo(REFUSED);
  }

  @Test
  void tellsAConnectionAgainWhenItServesAnotherTenant() {
    Scope other = scopes.get(2);
    Scope test = scopes.get(1);
    for (int turn = 0; turn < 60; turn++) {
      Scope tenant = List.of(own, other, test).get(turn % 3);
      assertThat(
              database
                  .callsOf(tenant)
                  .sql()
                  .fetch("SELECT DISTINCT business_id, environment FROM job"))
          .singleElement()
          .satisfies(row -> {
            assertThat(row.get(0, Long.class)).isEqualTo(tenant.business().value());
            assertThat(row.get(1, String.class)).isEqualTo(tenant.environment().name());
          });
      JooqTransactions inOne = database.callsOf(tenant);
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() ->
              inOne.run(() -> {
                assertThat(count(inOne.sql(), "job")).isEqualTo(1);
                throw new IllegalStateException("rolled back");
              }));
      assertThat(count(nobodys.sql(), "job")).isZero();
    }
  }

  @Test
  void bindsWorkToTheTenantOnThisThreadOnly() throws InterruptedException {
    Stores stores = database.database().forCalls();
    List<Long> seen = new ArrayList<>();
    database
        .database()
        .tenancy()
        .run(
            own,
            () -> {
              seen.add(businesses(stores));
              Thread elsewhere = Thread.ofVirtual().start(() -> seen.add(businesses(stores)));
              try {
                elsewhere.join();
              } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
              }
            });
    seen.add(businesses(stores));

    assertThat(seen).containsExactly(1L, 0L, 0L);
  }

  @Test
  void neitherRoleCanSwitchTheWallOff() {
    for (JooqTransactions some : List.of(calls, nobodys, house)) {
      DataAccessException refused =
          catchThrowableOfType(
              DataAccessException.class,
              () ->
                  some.run(() -> {
                    some.sql().execute("SET LOCAL row_security = off");
                    some.sql().execute("SELECT * FROM job");
                  }));
      assertThat(refused.sqlState()).isEqualTo(REFUSED);
      assertThat(refusal(some.sql(), "ALTER TABLE job DISABLE ROW LEVEL SECURITY"))
          .isEqualTo(REFUSED);
      assertThat(refusal(some.sql(), "DROP POLICY tenant ON job")).isEqualTo(REFUSED);
      assertThat(refusal(some.sql(), "SELECT raise_walls()")).isEqualTo(REFUSED);
    }
  }

  @Test
  void opensNoViewAndNoFunctionPastTheWall() {
    assertThat(
            database
                .sql()
                .fetch(
                    """
                    SELECT c.relname FROM pg_class c
                    WHERE c.relkind IN ('v', 'm') AND c.relnamespace = 'public'::regnamespace
                      AND has_table_privilege('carillon_tenant', c.oid, 'SELECT')
                    ORDER BY c.relname\
                    """)
                .getValues(0, String.class))
        .containsExactly("own_job", "own_recipient", "webhook_listed");
    assertThat(count(calls.sql(), "own_job")).isEqualTo(1);
    assertThat(count(calls.sql(), "own_recipient")).isEqualTo(1);
    assertThat(count(nobodys.sql(), "own_job")).isZero();
    assertThat(count(nobodys.sql(), "own_recipient")).isZero();
    // one that waits and one that is over
    assertThat(count(calls.sql(), "webhook_listed")).isEqualTo(2);
    assertThat(count(nobodys.sql(), "webhook_listed")).isZero();
    assertThat(
            database
                .sql()
                .fetch(
                    """
                    SELECT p.proname FROM pg_proc p
                    WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace
                      AND (has_function_privilege('carillon_tenant', p.oid, 'EXECUTE')
                        OR p.proconfig IS NULL OR NOT p.proconfig::text LIKE '%search_path=%')\
                    """)
                .getValues(0, String.class))
        .containsExactly("refresh_recipient_statistics");
  }

  @Test
  void findsByLabelsAndTagsThroughTheirIndexesBehindTheWall() {
    String labels = " WHERE labels @> '{\"a\": \"b\"}'";
    String tags = " WHERE scoped_tags(business_id, environment, tags) @> ARRAY['1:L:vip']";

    assertThat(planWithoutScans("own_job" + labels)).contains("job_labels");
    assertThat(planWithoutScans("own_recipient" + tags)).contains("recipient_tags");
    // and why the tables themselves are not asked
    assertThat(planWithoutScans("job" + labels)).doesNotContain("job_labels");
    assertThat(planWithoutScans("recipient" + tags)).doesNotContain("recipient_tags");
  }

  @Test
  void startsOnlyWhileEveryWallStands() {
    try (TestDatabase leaky = TestDatabase.create()) {
      leaky.sql().execute("CREATE TABLE stray (business_id bigint)");
      refusesToStart(leaky, "stray");
      assertThat(leaky.sql().fetchSingle("SELECT raise_walls()").into(Integer.class)).isEqualTo(1);
      leaky.sql().execute("ALTER TABLE job NO FORCE ROW LEVEL SECURITY");
      refusesToStart(leaky, "job");
      leaky.sql().execute("ALTER TABLE job FORCE ROW LEVEL SECURITY");

      leaky.sameAgain().close();
    }
  }

  @Test
  void takesNoRoleThatCouldPassTheWall() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Walls.requireRole(database.sql(), Pools.TENANT_ROLE))
        .withMessageContaining(Pools.TENANT_ROLE);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Walls.requireRole(calls.sql(), Pools.HOUSE_ROLE));
    Walls.requireRole(calls.sql(), Pools.TENANT_ROLE);
  }

  private static void refusesToStart(TestDatabase database, String table) {
    try (Database another =
        new Database(database::config, InstantSource.system(), new Uuid7Ids())) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(another::start)
          .withMessageContaining(table);
    }
  }

  private String planWithoutScans(String from) {
    return calls.inTransaction(() -> {
      calls.sql().execute("SET LOCAL enable_seqscan = off");
      return calls.sql().fetch("EXPLAIN (COSTS OFF) SELECT id FROM " + from).format(100);
    });
  }

  private List<String> walled() {
    return database
        .sql()
        .fetch(
            """
            SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
              AND NOT c.relispartition AND (c.relname = 'business' OR EXISTS (
                SELECT FROM pg_attribute a
                WHERE a.attrelid = c.oid AND a.attname = 'business_id' AND NOT a.attisdropped))
            ORDER BY c.relname\
            """)
        .getValues(0, String.class);
  }

  private static long businesses(Stores stores) {
    return count(((JooqTransactions) stores.transactions()).sql(), "business");
  }

  private static long count(DSLContext sql, String table) {
    return sql.fetchSingle("SELECT count(*) FROM " + table).get(0, Long.class);
  }

  private static String refusal(DSLContext sql, String statement) {
    DataAccessException refused =
        catchThrowableOfType(DataAccessException.class, () -> sql.execute(statement));
    assertThat(refused).as(statement).isNotNull();
    return refused.sqlState();
  }
}
