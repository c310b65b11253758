package dev.carillon.application.memory;

import dev.carillon.application.port.Erasures;
import dev.carillon.application.port.PreparedMessage;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.Erasure;
import dev.carillon.domain.recipient.ErasureId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Erasures in memory. Transactions come one after the other, so that every line that was drawn has
/// been passed by whoever looks.
public final class InMemoryErasures implements Erasures {
  private static final Comparator<Target> ORDER =
      Comparator.<Target>comparingLong(target -> target.message().job().value())
          .thenComparingInt(target -> target.message().position());

  private final InMemoryStore store;
  private final InMemoryBulkJobs jobs;
  private final InMemoryChunks chunks;
  private final InMemoryMessages messages;
  private final InMemoryDeliveryLog log;
  private final InMemoryCarrierMessages carrierMessages;
  private final SequentialIds ids = new SequentialIds();
  private final Map<ErasureId, Row> rows = new LinkedHashMap<>();

  InMemoryErasures(
      InMemoryStore store,
      InMemoryBulkJobs jobs,
      InMemoryChunks chunks,
      InMemoryMessages messages,
      InMemoryDeliveryLog log,
      InMemoryCarrierMessages carrierMessages) {
    this.store = store;
    this.jobs = jobs;
    this.chunks = chunks;
    this.messages = messages;
    this.log = log;
    this.carrierMessages = carrierMessages;
  }

  @Override
  public Erasure request(Scope scope, Erasure.Subject subject, Instant now) {
    return store.inTransaction(() -> {
      ErasureId id = new ErasureId(ids.nextId(now));
      Erasure erasure = new Erasure(id, Erasure.Counts.NONE, now, null);
      store.put(rows, id, new Row(scope, subject, erasure, now, false));
      return erasure;
    });
  }

  @Override
  public Optional<Erasure> find(Scope scope, ErasureId id) {
    return store.inTransaction(() ->
        Optional.ofNullable(rows.get(id))
            .filter(row -> row.scope().equals(scope))
            .map(Row::erasure));
  }

  @Override
  public List<Due> due(Instant now, int limit) {
    return store.inTransaction(() ->
        rows.values().stream()
            .filter(row -> !row.erasure().done() && !row.dueAt().isAfter(now))
            .sorted(Comparator.comparing(Row::dueAt))
            .limit(limit)
            .map(row -> new Due(row.erasure().id(), row.lined() ? Line.PAST : Line.NONE))
            .toList());
  }

  @Override
  public List<Target> targets(Collection<ErasureId> erasures, int limit) {
    return store.inTransaction(
        () -> known(erasures).flatMap(this::targets).sorted(ORDER).limit(limit).toList());
  }

  @Override
  public Erasure.Counts clear(Collection<MessageRef> some) {
    store.requireTransaction();
    int erased = 0;
    int words = 0;
    for (MessageRef message : some) {
      PreparedMessage row = messages.rows(message.job()).get(message.position());
      carrierMessages.forget(row.address());
      if (!row.address().isEmpty() || row.recipient() != null) {
        messages.replace(message.job(), message.position(), erased(row));
        erased++;
      }
      words += log.clearWords(message.job(), message.position());
    }
    return new Erasure.Counts(0, erased, words);
  }

  @Override
  public void add(Map<ErasureId, Erasure.Counts> done) {
    done.forEach((id, counts) -> change(Set.of(id), row -> row.with(counts)));
  }

  @Override
  public void drawLine(Collection<ErasureId> erasures) {
    change(erasures, Row::withLine);
  }

  @Override
  public void defer(Collection<ErasureId> erasures, Instant until) {
    change(erasures, row -> row.dueAt(until));
  }

  @Override
  public void end(Collection<ErasureId> erasures, Instant now) {
    change(erasures, row -> row.ended(now));
  }

  private Stream<Row> known(Collection<ErasureId> erasures) {
    return erasures.stream().flatMap(id -> Optional.ofNullable(rows.get(id)).stream());
  }

  private void change(Collection<ErasureId> erasures, UnaryOperator<Row> how) {
    store.inTransaction(() -> {
      known(List.copyOf(erasures))
          .forEach(row -> store.put(rows, row.erasure().id(), how.apply(row)));
      return true;
    });
  }

  private Stream<Target> targets(Row row) {
    return jobs.newestFirst()
        .filter(job -> job.job().scope().equals(row.scope()))
        .flatMap(job ->
            IntStream.range(0, messages.rows(job.id()).size())
                .filter(position -> row.fits(messages.rows(job.id()).get(position)))
                .mapToObj(position ->
                    new Target(
                        row.erasure().id(),
                        new MessageRef(
                            job.id(),
                            chunks.holding(job.id(), position).key().number(),
                            position))));
  }

  private static PreparedMessage erased(PreparedMessage row) {
    return new PreparedMessage(
        "",
        PersonalContent.EMPTY,
        "",
        row.network(),
        row.parts(),
        row.rejected(),
        row.detail(),
        null);
  }

  /// An erasure as it is kept.
  private record Row(
      Scope scope, Erasure.Subject subject, Erasure erasure, Instant dueAt, boolean lined) {

    boolean fits(PreparedMessage message) {
      return switch (subject) {
        case Erasure.Subject.OfRecipient known -> known.id().equals(message.recipient());
        case Erasure.Subject.OfAddress place -> place.address().value().equals(message.address());
      };
    }

    Row with(Erasure.Counts more) {
      return with(
          new Erasure(
              erasure.id(), erasure.counts().plus(more), erasure.requestedAt(), erasure.endedAt()));
    }

    Row ended(Instant now) {
      return with(new Erasure(erasure.id(), erasure.counts(), erasure.requestedAt(), now));
    }

    Row withLine() {
      return new Row(scope, subject, erasure, dueAt, true);
    }

    Row dueAt(Instant time) {
      return new Row(scope, subject, erasure, time, lined);
    }

    private Row with(Erasure changed) {
      return new Row(scope, subject, changed, dueAt, lined);
    }
  }
}
