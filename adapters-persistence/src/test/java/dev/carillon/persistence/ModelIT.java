package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.ATTEMPT;
import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static dev.carillon.persistence.schema.Tables.OUTBOX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.memory.InMemoryProgressFeed;
import dev.carillon.application.model.Histories;
import dev.carillon.application.model.ModelStore;
import dev.carillon.application.port.Outbox;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageChanges;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Random histories on PostgreSQL stand where the plain model stands, after every single step.
class ModelIT {
  private static final int SEQUENCES = 50;
  private static final int STEPS = 30;

  /// Override with `-Dcarillon.seed=…` to repeat a failure as the first sequence.
  private static final long SEED = Long.getLong("carillon.seed", System.nanoTime());

  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Test
  void standsWhereThePlainModelStandsAfterEveryStep() {
    long ended =
        LongStream.range(SEED, SEED + SEQUENCES)
            .map(seed -> {
              int jobs = Histories.run(new OnPostgres(), seed, STEPS);
              leaveNothingToDo();
              return jobs;
            })
            .sum();

    assertThat(ended).isGreaterThan(SEQUENCES);
  }

  /// So that the next history finds no job of this one.
  private void leaveNothingToDo() {
    assertThat(database.sql().fetchCount(JOB, JOB.ENDED_AT.isNull())).isZero();
  }

  private final class OnPostgres implements ModelStore {
    private final ProgressFeed feed = new InMemoryProgressFeed();

    @Override
    public Ports ports() {
      return database.ports();
    }

    @Override
    public Outbox outbox() {
      return database.database().forEngine().outbox();
    }

    @Override
    public ProgressFeed feed() {
      return feed;
    }

    @Override
    public List<String> events(JobId job) {
      return database
          .sql()
          .select(OUTBOX.EVENT)
          .from(OUTBOX)
          .where(OUTBOX.JOB_ID.eq(job.value()))
          .and(OUTBOX.KINDS.isNull())
          .orderBy(OUTBOX.ID)
          .fetch(OUTBOX.EVENT);
    }

    @Override
    public List<String> messageEvents(JobId job) {
      return database
          .sql()
          .selectFrom(OUTBOX)
          .where(OUTBOX.JOB_ID.eq(job.value()))
          .and(OUTBOX.KINDS.isNotNull())
          .orderBy(OUTBOX.ID)
          .stream()
          .flatMap(row ->
              new MessageChanges(
                      new ChunkKey(job, 0),
                      row.getFirstPosition(),
                      row.getChanged(),
                      row.getStatuses(),
                      row.getCarriers(),
                      row.getReasons())
                  .all().stream())
          .map(change -> change.position() + ":" + change.status() + ":" + change.attempts())
          .toList();
    }

    @Override
    public Map<Integer, List<String>> attempts(JobId job) {
      return database
          .sql()
          .select(ATTEMPT.POSITION, ATTEMPT.ATTEMPT_NO, ATTEMPT.OUTCOME)
          .from(ATTEMPT)
          .where(ATTEMPT.JOB_ID.eq(job.value()))
          .orderBy(ATTEMPT.ATTEMPT_NO)
          .fetchGroups(
              row -> row.value1(), row -> row.value2() + ":" + OutcomeKind.of(row.value3()))
          .entrySet()
          .stream()
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey, entry -> entry.getValue().stream().sorted().toList()));
    }

    @Override
    public void lapseLeases() {
      database
          .sql()
          .update(CHUNK)
          .set(CHUNK.LEASE_UNTIL, Instant.EPOCH)
          .where(CHUNK.LEASE_UNTIL.isNotNull())
          .execute();
    }
  }
}
