package dev.carillon.persistence;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.persistence.schema.Tables.IDEMPOTENCY_KEY;
import static dev.carillon.persistence.schema.Tables.JOB;
import static dev.carillon.persistence.schema.Tables.JOB_QUOTA;
import static dev.carillon.persistence.schema.Tables.RECIPIENT_QUOTA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.Quotas;
import dev.carillon.application.port.Retention;
import dev.carillon.domain.business.RecentJobs;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.recipient.Erasure;
import dev.carillon.domain.recipient.ErasureId;
import dev.carillon.domain.recipient.RecipientId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class JooqRetentionIT {
  private static final long WIDTH = 100_000;
  private static final Instant LATER = CREATED.plus(Duration.ofDays(100));

  @AutoClose private final TestDatabase database = TestDatabase.create();
  private final Stores stores = database.database().forEngine();
  private final Retention retention = stores.retention();
  private final Scope scope = database.newScope();

  @Test
  void makesRoomAheadOnce() {
    assertThat(retention.prepare()).isZero();
    goOnAt(2 * WIDTH);
    anyJob();

    assertThat(partitions("message")).contains("message_p2").doesNotContain("message_p3");
    assertThat(retention.prepare()).isEqualTo(2 * 6);
    assertThat(partitions("message")).contains("message_p3", "message_p4");
    assertThat(retention.prepare()).isZero();
  }

  @Test
  void writesTheFiltersOfNewMessagesOnce() {
    stores.retention().makeSearchable();
    anSmsJob().to(5_000).chunksOf(500).storeIn(database.ports(), scope);

    assertThat(retention.makeSearchable()).isPositive();
    assertThat(retention.makeSearchable()).isZero();
  }

  @Test
  void forgetsWhatWasCountedForQuotasThatAreOver() {
    Quotas quotas = stores.quotas();
    LocalDate day = LocalDate.ofInstant(CREATED, ZoneOffset.UTC);
    stores
        .transactions()
        .run(() -> {
          for (String key : List.of("one", "two", "three")) {
            quotas.lockRecentJobs(scope, key);
            quotas.keepRecentJobs(scope, key, RecentJobs.NONE.with(CREATED));
          }
          quotas.keepRecentJobs(scope, "three", RecentJobs.NONE.with(CREATED).with(LATER));
          quotas.addRecipients(scope, day, 5, 10);
          quotas.addRecipients(scope, day.plusDays(1), 5, 10);
        });
    Instant before = CREATED.plus(Duration.ofDays(1));

    assertThat(retention.forgetQuotas(before, 1)).isEqualTo(2);
    assertThat(retention.forgetQuotas(before, 9)).isEqualTo(1);
    assertThat(retention.forgetQuotas(before, 9)).isZero();
    assertThat(database.sql().fetchCount(JOB_QUOTA)).isEqualTo(1);
    assertThat(database.sql().fetchCount(RECIPIENT_QUOTA)).isEqualTo(1);
  }

  @Test
  void forgetsErasuresThatEndedLongAgo() {
    List<ErasureId> asked = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      asked.add(
          stores
              .erasures()
              .request(scope, new Erasure.Subject.OfRecipient(new RecipientId(1)), CREATED)
              .id());
    }
    for (int i = 0; i < 3; i++) {
      stores.erasures().end(List.of(asked.get(i)), CREATED.plus(Duration.ofDays(i)));
    }

    assertThat(retention.forgetErasures(CREATED.plus(Duration.ofDays(2)), 1)).isEqualTo(1);
    assertThat(retention.forgetErasures(CREATED.plus(Duration.ofDays(2)), 9)).isEqualTo(1);
    assertThat(retention.forgetErasures(CREATED.plus(Duration.ofDays(2)), 9)).isZero();

    assertThat(asked.stream().filter(id -> stores.erasures().find(scope, id).isPresent()))
        .containsExactly(asked.get(2), asked.get(3));
  }

  @Test
  void forgetsRequestIdsThatAreOlder() {
    for (int i = 0; i < 5; i++) {
      stores
          .keys()
          .claim(scope, "CreateBulkJob", "r-" + i, new byte[32], CREATED.plus(Duration.ofDays(i)));
    }

    assertThat(retention.forgetRequests(CREATED.plus(Duration.ofDays(3)), 2)).isEqualTo(2);
    assertThat(retention.forgetRequests(CREATED.plus(Duration.ofDays(3)), 2)).isEqualTo(1);
    assertThat(retention.forgetRequests(CREATED.plus(Duration.ofDays(3)), 2)).isZero();

    assertThat(
            database
                .sql()
                .select(IDEMPOTENCY_KEY.REQUEST_ID)
                .from(IDEMPOTENCY_KEY)
                .orderBy(IDEMPOTENCY_KEY.REQUEST_ID)
                .fetch(IDEMPOTENCY_KEY.REQUEST_ID))
        .containsExactly("r-3", "r-4");
  }

  @Test
  void forgetsJobsByThePartitionWhenAllOfThemAreOver() {
    StoredJob first = anyJob();
    StoredJob second = anyJob();
    goOnAt(WIDTH);
    StoredJob newest = anyJob();
    settle(first, CREATED);
    assertThat(retention.forgetJobs(LATER, 10)).isZero();
    assertThat(retention.free(LATER)).isFalse();
    settle(second, CREATED);

    assertThat(retention.forgetJobs(LATER, 1)).isEqualTo(1);
    assertThat(retention.free(LATER)).isFalse();
    assertThat(retention.forgetJobs(LATER, 10)).isEqualTo(1);
    assertThat(retention.forgetJobs(LATER, 10)).isZero();

    assertThat(stores.jobs().find(scope, first.bulkId())).isEmpty();
    assertThat(stores.jobs().find(scope, newest.bulkId())).isPresent();
    for (int table = 0; table < 6; table++) {
      assertThat(retention.free(LATER)).isTrue();
    }
    assertThat(retention.free(LATER)).isFalse();
    for (String table :
        List.of("message", "chunk", "attempt", "receipt", "carrier_part", "part_receipt")) {
      assertThat(partitions(table)).doesNotContain(table + "_p0").contains(table + "_p1");
    }
    assertThat(retention.prepare()).isEqualTo(6);
    assertThat(partitions("chunk")).doesNotContain("chunk_p0");
  }

  @Test
  void keepsJobsThatSettledLately() {
    StoredJob job = anyJob();
    goOnAt(WIDTH);
    anyJob();
    settle(job, LATER);

    assertThat(retention.forgetJobs(LATER, 10)).isZero();
    assertThat(retention.forgetJobs(LATER.plusMillis(1), 10)).isEqualTo(1);
  }

  @Test
  void keepsTheNewestPartitionWhateverIsInIt() {
    settle(anyJob(), CREATED);

    assertThat(retention.forgetJobs(LATER, 10)).isZero();
    assertThat(retention.free(LATER)).isFalse();
  }

  @Test
  void keepsAPartitionWhileTheNextOneIsYoung() {
    settle(anyJob(), CREATED);
    goOnAt(WIDTH);
    anSmsJob().to(1).createdAt(LATER).storeIn(database.ports(), scope);

    assertThat(retention.forgetJobs(LATER, 10)).isZero();
  }

  @Test
  void givesWayToThoseWhoAreAtATable() {
    settle(anyJob(), CREATED);
    goOnAt(WIDTH);
    anyJob();
    retention.forgetJobs(LATER, 10);

    database
        .sql()
        .transaction(holding -> {
          DSL.using(holding).execute("LOCK TABLE attempt IN ACCESS SHARE MODE");
          assertThatThrownBy(() -> retention.free(LATER)).isInstanceOf(DomainException.class);
        });

    assertThat(retention.free(LATER)).isTrue();
  }

  private StoredJob anyJob() {
    return anSmsJob().to(2).storeIn(database.ports(), scope);
  }

  /// Has the next job have this number.
  private void goOnAt(long id) {
    database.sql().execute("ALTER TABLE job ALTER COLUMN id RESTART WITH " + id);
  }

  private void settle(StoredJob job, Instant at) {
    database.sql().update(JOB).set(JOB.SETTLED_AT, at).where(JOB.ID.eq(job.id().value())).execute();
  }

  private List<String> partitions(String table) {
    return database
        .sql()
        .fetch(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                + " WHERE i.inhparent = ?::regclass",
            table)
        .map(row -> Objects.requireNonNull(row.get(0, String.class)));
  }
}
