package dev.carillon.application.recipient;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.Idempotency;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.fixture.PlainNumbering;
import dev.carillon.application.fixture.Submission;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.memory.SequentialIds;
import dev.carillon.application.port.RecipientFilter;
import dev.carillon.application.port.RecipientPageRequest;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.AddressPolicy;
import dev.carillon.domain.recipient.Recipient;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// The use cases of stored recipients over a store in memory.
final class Contacts {
  final MutableClock clock = new MutableClock(JobFixture.CREATED);
  final InMemoryStore store = new InMemoryStore(clock);
  final Scope scope = store.newScope();
  final Caller caller = Submission.callerOf(scope);
  final CreateRecipient create;
  final UpdateRecipient update;
  final ImportRecipients imports;
  final GetRecipient get = new GetRecipient(store.recipients());
  final BatchGetRecipients batchGet = new BatchGetRecipients(store.recipients());
  final ListRecipients list = new ListRecipients(store.recipients(), store.groups());
  final GetRecipientImport getImport = new GetRecipientImport(store.imports());
  final ListRefusedRows listRefused = new ListRefusedRows(store.imports());

  Contacts(AddressPolicy policy) {
    Idempotency idempotency = new Idempotency(store, store.keys(), clock);
    RecipientReader reader = new RecipientReader(new PlainNumbering());
    Uniqueness uniqueness = new Uniqueness(store.recipients(), policy);
    SequentialIds ids = new SequentialIds();
    create = new CreateRecipient(idempotency, store.recipients(), reader, uniqueness, ids, clock);
    update = new UpdateRecipient(idempotency, store.recipients(), reader, uniqueness, clock);
    imports =
        new ImportRecipients(
            new ImportRecipients.Store(store, store.recipients(), store.imports()),
            reader,
            uniqueness,
            ids,
            clock);
  }

  Idempotency idempotency() {
    return new Idempotency(store, store.keys(), clock);
  }

  Recipient create(Draft draft) {
    return create(draft, "");
  }

  Recipient create(Draft draft, String requestId) {
    return create.handle(new CreateRecipient.Command(caller, requestId, draft.build(), "ZW"));
  }

  List<Recipient> all() {
    return store
        .recipients()
        .list(scope, RecipientFilter.ALL, RecipientPageRequest.first())
        .items();
  }

  static DomainError refused(ThrowingCallable call) {
    return catchThrowableOfType(DomainException.class, call).error();
  }

  static List<String> paths(ThrowingCallable call) {
    return ((DomainError.InvalidFields) refused(call))
        .violations().stream().map(FieldViolation::path).toList();
  }
}
