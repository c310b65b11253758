package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.RECIPIENT;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.NewRecipient;
import dev.carillon.application.port.RecipientFilter;
import dev.carillon.application.port.RecipientPage;
import dev.carillon.application.port.RecipientPageRequest;
import dev.carillon.application.port.RecipientRepository;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.recipient.Address;
import dev.carillon.domain.recipient.EmailAddress;
import dev.carillon.domain.recipient.PhoneNumber;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientDetails;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientKey;
import dev.carillon.domain.recipient.RecipientMatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.TableField;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.SQLDataType;

/// Recipients in PostgreSQL.
final class JooqRecipientRepository implements RecipientRepository {
  /// unique_violation (PostgreSQL manual, Appendix A).
  private static final String TAKEN = "23505";

  private final JooqTransactions transactions;
  private final Session session;
  private final RecipientTally tally;
  private final RecipientLists lists;
  private final RecipientStatistics statistics;

  JooqRecipientRepository(JooqTransactions transactions) {
    this.transactions = transactions;
    this.session = transactions;
    this.tally = new RecipientTally(session);
    this.lists = new RecipientLists(session, tally);
    this.statistics = new RecipientStatistics(session);
  }

  @Override
  public void takeTurn(Scope scope, boolean alone) {
    String lock = alone ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared";
    String turn =
        "carillon.recipients/" + scope.business().value() + "/" + scope.environment().name();
    session
        .sql()
        .select(field(lock + "(hashtextextended({0}, 0))::text", SQLDataType.CLOB, val(turn)))
        .fetch();
  }

  @Override
  public Recipient insert(Scope scope, NewRecipient recipient, Instant now) {
    return transactions.inTransaction(() -> {
      Recipient stored =
          session
              .sql()
              .insertInto(RECIPIENT)
              .set(RecipientRows.toRow(scope, recipient, now))
              .onConflictDoNothing()
              .returningResult(RecipientRows.FIELDS)
              .fetchOptional(RecipientRows::recipient)
              .orElseThrow(JooqRecipientRepository::referenceTaken);
      tally.add(scope, 1);
      return stored;
    });
  }

  @Override
  public void insertAll(Scope scope, List<NewRecipient> recipients, Instant now) {
    RecipientInsert.write(session.sql(), scope, recipients, now);
    statistics.refresh();
    tally.add(scope, recipients.size());
  }

  @Override
  public Optional<Recipient> find(Scope scope, RecipientKey key) {
    return read(scope, of(key)).fetchOptional(RecipientRows::recipient);
  }

  @Override
  public List<Recipient> findAll(Scope scope, Collection<? extends RecipientKey> keys) {
    List<Long> ids = new ArrayList<>();
    List<UUID> publicIds = new ArrayList<>();
    for (RecipientKey key : keys) {
      switch (key) {
        case RecipientId(long id) -> ids.add(id);
        case PublicRecipientId(UUID id) -> publicIds.add(id);
      }
    }
    Condition wanted = noCondition();
    if (!ids.isEmpty()) {
      wanted = wanted.or(RECIPIENT.ID.eq(any(ids.toArray(Long[]::new))));
    }
    if (!publicIds.isEmpty()) {
      wanted = wanted.or(RECIPIENT.PUBLIC_ID.eq(any(publicIds.toArray(UUID[]::new))));
    }
    return keys.isEmpty() ? List.of() : read(scope, wanted).fetch(RecipientRows::recipient);
  }

  @Override
  public Optional<Recipient> lock(Scope scope, RecipientKey key) {
    return read(scope, of(key)).forNoKeyUpdate().fetchOptional(RecipientRows::recipient);
  }

  @Override
  public List<Recipient> lockMatching(
      Scope scope, RecipientMatch match, Collection<String> values) {
    TableField<?, String> column = column(match);
    // A plan that is kept for arrays of any length expects a short one, and would rather look
    // through it for every recipient of the scope.
    session.sql().execute("SET LOCAL plan_cache_mode = force_custom_plan");
    return values.isEmpty()
        ? List.of()
        : read(scope, column.isNotNull().and(column.eq(any(values.toArray(String[]::new)))))
            .orderBy(RECIPIENT.ID)
            .forNoKeyUpdate()
            .fetch(RecipientRows::recipient);
  }

  @Override
  public Optional<RecipientId> matching(Scope scope, RecipientMatch match, String value) {
    return session
        .sql()
        .select(min(RECIPIENT.ID))
        .from(RECIPIENT)
        .where(within(scope))
        .and(column(match).eq(value))
        .fetchOptional(0, Long.class)
        .map(RecipientId::new);
  }

  @Override
  public void save(Scope scope, List<Recipient> changed) {
    try {
      RecipientUpdate.write(session.sql(), changed.stream().map(RecipientRows::toRow).toList());
    } catch (DataAccessException failure) {
      throw TAKEN.equals(failure.sqlState()) ? referenceTaken() : failure;
    }
  }

  @Override
  public boolean delete(Scope scope, RecipientId id) {
    return transactions.inTransaction(() -> {
      boolean deleted =
          session
                  .sql()
                  .deleteFrom(RECIPIENT)
                  .where(within(scope))
                  .and(RECIPIENT.ID.eq(id.value()))
                  .execute()
              == 1;
      if (deleted) {
        tally.add(scope, -1);
      }
      return deleted;
    });
  }

  @Override
  public List<RecipientId> withdraw(Scope scope, Address address, Instant now) {
    Condition having =
        switch (address) {
          case EmailAddress(String mailbox) -> RECIPIENT.EMAIL.eq(mailbox);
          case PhoneNumber(String number) ->
              RECIPIENT.SMS_PHONE.eq(number).or(RECIPIENT.WHATSAPP_PHONE.eq(number));
        };
    return transactions.inTransaction(() -> {
      takeTurn(scope, true);
      List<Recipient> holders =
          read(scope, having)
              .orderBy(RECIPIENT.ID)
              .forNoKeyUpdate()
              .fetch(RecipientRows::recipient);
      List<Recipient> left = new ArrayList<>();
      List<RecipientId> deleted = new ArrayList<>();
      for (Recipient holder : holders) {
        RecipientDetails without = holder.details().without(address);
        if (without.isReachable()) {
          left.add(holder.with(without, now));
        } else {
          deleted.add(holder.id());
        }
      }
      save(scope, left);
      deleted.forEach(id -> delete(scope, id));
      return deleted;
    });
  }

  @Override
  public RecipientPage list(Scope scope, RecipientFilter filter, RecipientPageRequest page) {
    return lists.list(scope, filter, page);
  }

  static Condition within(Scope scope) {
    return ScopeRows.is(scope, RECIPIENT.BUSINESS_ID, RECIPIENT.ENVIRONMENT);
  }

  private SelectConditionStep<Record> read(Scope scope, Condition wanted) {
    return session
        .sql()
        .select(RecipientRows.FIELDS)
        .from(RECIPIENT)
        .where(within(scope))
        .and(wanted);
  }

  private static Condition of(RecipientKey key) {
    return switch (key) {
      case RecipientId(long id) -> RECIPIENT.ID.eq(id);
      case PublicRecipientId(UUID id) -> RECIPIENT.PUBLIC_ID.eq(id);
    };
  }

  private static TableField<?, String> column(RecipientMatch match) {
    return switch (match) {
      case REFERENCE -> RECIPIENT.REFERENCE;
      case EMAIL -> RECIPIENT.EMAIL;
      case SMS_PHONE -> RECIPIENT.SMS_PHONE;
      case WHATSAPP_PHONE -> RECIPIENT.WHATSAPP_PHONE;
    };
  }

  private static DomainException referenceTaken() {
    return new DomainException(
        new DomainError.AlreadyExists(
            DomainError.NotFound.Kind.RECIPIENT, "recipient.reference", ""));
  }
}
