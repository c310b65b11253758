package dev.carillon.persistence;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.persistence.schema.Tables.DISPATCH_SWITCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.keeping.GuardDispatch;
import dev.carillon.application.port.HistoryNotes;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.port.StoreWitness;
import dev.carillon.application.port.StoreWitness.History;
import dev.carillon.application.port.StoreWitness.Switch;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JooqStoreWitnessIT {
  private static final Instant NOW = Instant.parse("2099-03-01T10:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  @AutoClose private final TestDatabase database = TestDatabase.create();
  private final Stores stores = database.database().forEngine();
  private final StoreWitness witness = stores.witness();

  @Test
  void theSchemaConfirmsTheHistoryThatItWasMadeIn() {
    Switch first = witness.read();

    assertThat(first.on()).isTrue();
    assertThat(first.reason()).isEmpty();
    assertThat(confirmed(first).system()).isEqualTo(witness.history().system()).isNotEmpty();
    assertThat(confirmed(first).timeline()).isEqualTo(witness.history().timeline()).isPositive();
    assertThat(dispatchAllowed()).isTrue();
  }

  @Test
  void theLogOnlyGrows() {
    History before = witness.history();
    database.newScope();

    // Where commits do not wait for the disk, the log gets there a little later.
    Await.until("the log on disk", () -> witness.history().position() > before.position());
    assertThat(confirmed(witness.read()).position()).isLessThanOrEqualTo(before.position());
  }

  @Test
  void nothingIsMarkedOnATimelineThatNobodyHasConfirmed() {
    StoredJob job = anSmsJob().to(1).storeIn(database.ports(), database.newScope());
    assertThat(lock(job).dispatchOn()).isTrue();

    leaveTheTimeline();

    assertThat(dispatchAllowed()).isFalse();
    assertThat(lock(job).dispatchOn()).isFalse();
    assertThat(witness.read().on()).isTrue();
  }

  @Test
  void aChangedTimelineSwitchesDispatchOffUntilItIsConfirmed() {
    leaveTheTimeline();

    assertThat(guard(HistoryNotes.none()).handle()).isEqualTo(1);
    assertThat(witness.read().on()).isFalse();
    assertThat(witness.read().reason()).contains("timeline");
    assertThat(witness.read().since()).isEqualTo(NOW);

    assertThat(witness.confirm(witness.history(), "key-1", NOW)).isTrue();
    assertThat(witness.read().on()).isTrue();
    assertThat(dispatchAllowed()).isTrue();
    assertThat(guard(HistoryNotes.none()).handle()).isZero();
  }

  @Test
  void anotherServerSwitchesDispatchOff() {
    database.sql().update(DISPATCH_SWITCH).set(DISPATCH_SWITCH.CONFIRMED_SYSTEM, "1").execute();

    assertThat(guard(HistoryNotes.none()).handle()).isEqualTo(1);
    assertThat(witness.read().reason()).contains("another database server");
    assertThat(dispatchAllowed()).isFalse();
  }

  @Test
  void aLogThatIsBehindWhatWasNotedOutsideSwitchesDispatchOff(@TempDir Path directory) {
    HistoryNotes notes = new FileHistoryNotes(directory.resolve("history"));
    assertThat(guard(notes).handle()).isZero();
    History seen = notes.read().orElseThrow().history();
    notes.write(
        new HistoryNotes.Note(
            new History(seen.system(), seen.timeline(), seen.position() + 1_000_000_000), NOW));

    assertThat(guard(notes).handle()).isEqualTo(1);

    assertThat(witness.read().reason()).contains("set back");
    assertThat(dispatchAllowed()).isFalse();
  }

  @Test
  void confirmsOnlyTheHistoryThatItHas() {
    History history = witness.history();
    witness.switchOff("because", NOW);
    witness.switchOff("for another reason", NOW.plusSeconds(1));
    assertThat(witness.read().reason()).isEqualTo("because");

    assertThat(
            witness.confirm(new History(history.system(), history.timeline() + 1, 0), "key-1", NOW))
        .isFalse();
    assertThat(witness.confirm(new History("1", history.timeline(), 0), "key-1", NOW)).isFalse();
    assertThat(
            witness.confirm(
                new History(
                    history.system(), history.timeline(), history.position() + 1_000_000_000),
                "key-1",
                NOW))
        .isFalse();
    assertThat(witness.read().on()).isFalse();
    assertThat(witness.confirm(history, "key-1", NOW)).isTrue();
    assertThat(witness.read().on()).isTrue();
  }

  /// It needs no grant on PostgreSQL 15 to 18.
  @Test
  void aRoleWithoutPrivilegesMayReadTheHistory() {
    database.sql().execute("CREATE ROLE without_privileges");
    try {
      database.sql().execute("SET ROLE without_privileges");

      assertThat(database.sql().fetchValue("SELECT store_system()")).isNotEqualTo("");
      assertThat(database.sql().fetchValue("SELECT store_timeline()")).isNotNull();
      assertThat(database.sql().fetchValue("SELECT store_position()")).isNotNull();
    } finally {
      database.sql().execute("RESET ROLE");
      database.sql().execute("DROP ROLE without_privileges");
    }
  }

  private GuardDispatch guard(HistoryNotes notes) {
    return new GuardDispatch(witness, database.database().forEngine().events(), notes, CLOCK);
  }

  /// As if the timeline had changed since it was confirmed.
  private void leaveTheTimeline() {
    database
        .sql()
        .update(DISPATCH_SWITCH)
        .set(DISPATCH_SWITCH.CONFIRMED_TIMELINE, witness.history().timeline() + 1)
        .execute();
  }

  private boolean dispatchAllowed() {
    database.sql().execute(EngineFence.greeting());
    return Objects.requireNonNull((Boolean) database.sql().fetchValue("SELECT dispatch_allowed()"));
  }

  private LockedChunk lock(StoredJob job) {
    return stores
        .transactions()
        .inTransaction(() -> stores.chunks().lock(List.of(job.chunk(0))).getFirst());
  }

  private static History confirmed(Switch stored) {
    return Objects.requireNonNull(stored.confirmed());
  }
}
