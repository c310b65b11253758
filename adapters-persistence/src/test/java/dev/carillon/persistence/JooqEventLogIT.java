package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.EVENT_COUNTER;
import static dev.carillon.persistence.schema.Tables.OUTBOX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;

import dev.carillon.application.contract.EventLogContract;
import dev.carillon.application.contract.EventPorts;
import dev.carillon.application.fixture.Background;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.webhook.EventType;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqEventLogIT extends EventLogContract {
  private static final long WIDTH = 1_000_000;

  @AutoClose private final TestDatabase database = TestDatabase.create();

  @Override
  protected EventPorts newPorts() {
    return database.eventPorts();
  }

  @Override
  protected void fillPart() {
    leapTo((last() / WIDTH + 1) * WIDTH - 2);
  }

  @Test
  void leavesNothingInTheOutbox() {
    tellOfJobs(7);
    numberAll();

    assertThat(database.sql().fetchCount(OUTBOX)).isZero();
  }

  @Test
  void makesRoomWhenItIsNeeded() {
    long far = last() + 4 * WIDTH;
    leapTo(far);
    tellOfJobs(1);

    assertThat(events().number(10)).isEqualTo(1);
    assertThat(told()).hasSize(1);
    assertThat(last()).isEqualTo(far + 1);
  }

  /// A reader that is still at it, however long it takes.
  @Test
  void makesRoomWhileSomebodyReads() {
    long far = last() + 4 * WIDTH;
    tellOfJobs(1);
    numberAll();

    ports()
        .transactions()
        .run(() -> {
          assertThat(read(scope(), 0)).hasSize(1);
          leapTo(far);
          assertThat(Background.start(() -> events().prepare()).result()).isEqualTo(9);
        });
  }

  @Test
  void leavesNumberingToWhoeverIsAtIt() {
    tellOfJobs(1);

    ports()
        .transactions()
        .run(() -> {
          assertThat(events().number(10)).isEqualTo(1);
          tellOfJobs(1);
          assertThat(Background.start(() -> events().number(10)).result()).isZero();
        });

    assertThat(events().number(10)).isEqualTo(1);
    assertThat(told()).hasSize(2);
  }

  /// So that what was taken from the outbox is not stepped over again while an old transaction may
  /// still see it; never past an event that is still to be committed.
  @Test
  void readsTheOutboxFromWhereSomethingMayCome() {
    for (int i = 0; i < 3; i++) {
      tellOfJobs(10);
      numberAll();
    }
    long floor = floor();
    JobId late = newJob();

    ports()
        .transactions()
        .run(() -> {
          ports().outbox().append(scope(), late, event(late, EventType.BULK_STARTED, NOW));
          long own = newestId();
          assertThat(floor).isBetween(own - 15, own);
          for (int i = 0; i < 3; i++) {
            Background.start(
                    () -> {
                      tellOfJobs(10);
                      numberAll();
                      return 0;
                    })
                .result();
            assertThat(floor()).isLessThanOrEqualTo(own);
          }
        });
    assertThat(events().number(10)).isEqualTo(1);

    assertThat(newest().event()).isEqualTo(event(late, EventType.BULK_STARTED, NOW));
    for (int i = 0; i < 3; i++) {
      tellOfJobs(10);
      numberAll();
    }
    assertThat(floor()).isGreaterThan(floor + 30);
  }

  private long last() {
    return database.sql().fetchSingle(EVENT_COUNTER).getLast();
  }

  private void leapTo(long number) {
    database.sql().update(EVENT_COUNTER).set(EVENT_COUNTER.LAST, number).execute();
  }

  private long newestId() {
    return database
        .sql()
        .select(field("pg_sequence_last_value('outbox_id_seq')", SQLDataType.BIGINT))
        .fetchSingle(row -> row.value1());
  }

  private long floor() {
    return database.sql().fetchSingle(EVENT_COUNTER).getFloor();
  }
}
