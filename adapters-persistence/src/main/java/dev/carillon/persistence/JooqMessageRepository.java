package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static dev.carillon.persistence.schema.Tables.MESSAGE;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.sum;

import dev.carillon.application.port.MessageFilter;
import dev.carillon.application.port.MessageRepository;
import dev.carillon.application.port.MessageSearch;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.PreparedMessage;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.RetrySelection;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageId;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;

/// Messages in PostgreSQL: written once by COPY, their statuses read from their chunks.
final class JooqMessageRepository implements MessageRepository {
  private final Session session;

  JooqMessageRepository(Session session) {
    this.session = session;
  }

  @Override
  public void append(JobId job, int first, List<PreparedMessage> messages) {
    BinaryCopy.into(
        session.sql(),
        MESSAGE.getName(),
        MessageRows.COLUMNS,
        copy -> {
          int position = first;
          for (PreparedMessage message : messages) {
            MessageRows.write(copy, job, position++, message);
          }
        });
  }

  @Override
  public List<StoredMessage> load(ChunkKey chunk, int first, int size) {
    return session
        .sql()
        .select(
            MESSAGE.POSITION,
            MESSAGE.ADDRESS,
            MESSAGE.TEXT,
            MESSAGE.SUBJECT,
            MESSAGE.HTML,
            MESSAGE.PARAMETERS,
            MESSAGE.VARIABLES,
            MESSAGE.NETWORK)
        .from(MESSAGE)
        .where(MESSAGE.JOB_ID.eq(chunk.job().value()))
        .and(MESSAGE.POSITION.ge(first))
        .and(MESSAGE.POSITION.lt(first + size))
        .and(MESSAGE.REJECTED.isNull())
        .orderBy(MESSAGE.POSITION)
        .fetch(MessageRows::stored);
  }

  @Override
  public List<RejectedEntry> rejected(JobId job, int limit) {
    return rejected(MESSAGE.JOB_ID.eq(job.value()), limit);
  }

  @Override
  public List<RejectedEntry> rejectedWithin(JobId job, int first, int size, int limit) {
    return rejected(
        MESSAGE
            .JOB_ID
            .eq(job.value())
            .and(MESSAGE.POSITION.ge(first))
            .and(MESSAGE.POSITION.lt(first + size)),
        limit);
  }

  @Override
  public Optional<Message> find(Scope scope, MessageId id) {
    return MessageViews.all(session.sql())
        .where(within(scope, id.bulkId()))
        .and(MESSAGE.POSITION.eq(id.position()))
        .fetchOptional(MessageViews::message);
  }

  @Override
  public Optional<Page<Message>> list(
      Scope scope, BulkId bulkId, MessageFilter filter, PageRequest page) {
    return known(scope, bulkId).map(job -> list(job, filter, page));
  }

  @Override
  public Optional<List<Message>> after(Scope scope, BulkId bulkId, int position, int limit) {
    return known(scope, bulkId).map(job -> after(job, position, limit));
  }

  @Override
  public Page<Message> search(Scope scope, MessageSearch search, PageRequest page) {
    return MessageSearches.page(session.sql(), scope, search, page);
  }

  @Override
  public List<Retryable> retryable(
      JobId job, RetrySelection selection, int afterPosition, int limit) {
    return RetryCopies.retryable(session.sql(), job, selection, afterPosition, limit);
  }

  @Override
  public void copy(JobId parent, List<Integer> positions, JobId job, int first) {
    if (!positions.isEmpty()) {
      RetryCopies.copy(session.sql(), parent, positions, job, first);
    }
  }

  private List<RejectedEntry> rejected(Condition among, int limit) {
    return session
        .sql()
        .select(MESSAGE.POSITION, MESSAGE.ADDRESS, MESSAGE.REJECTED, MESSAGE.REJECTED_DETAIL)
        .from(MESSAGE)
        .where(among)
        .and(MESSAGE.REJECTED.isNotNull())
        .orderBy(MESSAGE.POSITION)
        .limit(limit)
        .fetch(MessageRows::rejected);
  }

  /// Positions have no gaps, so that these are all between two of them.
  private List<Message> after(KnownJob job, int position, int limit) {
    int last = (int) Math.min((long) position + limit, Integer.MAX_VALUE);
    return MessageViews.all(session.sql())
        .where(job.condition())
        .and(after(position))
        .and(CHUNK.FIRST_POSITION.le(last))
        .and(MESSAGE.POSITION.le(last))
        .orderBy(MESSAGE.POSITION)
        .fetch(MessageViews::message);
  }

  private Page<Message> list(KnownJob job, MessageFilter filter, PageRequest page) {
    Condition wanted = job.condition().and(MessageViews.matches(filter, job.started()));
    List<Message> messages =
        MessageViews.all(session.sql())
            .where(wanted)
            .and(after(page))
            .orderBy(CHUNK.CHUNK_NO, MESSAGE.POSITION)
            .offset(page.skip())
            .limit(page.size() + 1)
            .fetch(MessageViews::message);
    return Pages.of(messages, message -> message.id().position(), page, total(job, wanted, filter));
  }

  private long total(KnownJob job, Condition wanted, MessageFilter filter) {
    return filter.reasons().isEmpty() && filter.clientRef().isEmpty()
        ? session
            .sql()
            .select(coalesce(sum(MessageViews.counted(filter, job.started())), 0))
            .from(CHUNK)
            .where(CHUNK.JOB_ID.eq(job.id()))
            .fetchSingle(row -> row.get(0, Long.class))
        : session.sql().fetchCount(MessageViews.all(session.sql()).where(wanted));
  }

  private Optional<KnownJob> known(Scope scope, BulkId bulkId) {
    return session
        .sql()
        .select(JOB.ID, JOB.STATUS, JOB.STARTED_AT)
        .from(JOB)
        .where(within(scope, bulkId))
        .fetchOptional(row -> new KnownJob(row.get(JOB.ID), JobRows.hasStarted(row)));
  }

  private static Condition after(PageRequest page) {
    return page.after().isPresent()
        ? after(Math.toIntExact(page.after().getAsLong()))
        : noCondition();
  }

  private static Condition after(int position) {
    return MESSAGE.POSITION.gt(position).and(CHUNK.FIRST_POSITION.plus(CHUNK.SIZE).gt(position));
  }

  /// A job of the caller's. With its number in the statement the order of its chunks is that of
  /// their index, so that a page is read without sorting all that comes after it.
  private record KnownJob(long id, boolean started) {
    Condition condition() {
      return JOB.ID.eq(id).and(CHUNK.JOB_ID.eq(id)).and(MESSAGE.JOB_ID.eq(id));
    }
  }

  private static Condition within(Scope scope, BulkId bulkId) {
    return JOB.BULK_ID
        .eq(bulkId.value())
        .and(ScopeRows.is(scope, JOB.BUSINESS_ID, JOB.ENVIRONMENT));
  }
}
