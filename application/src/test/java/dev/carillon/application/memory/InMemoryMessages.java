package dev.carillon.application.memory;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Messages in memory.
public final class InMemoryMessages implements MessageRepository {
  private final InMemoryStore store;
  private final InMemoryBulkJobs jobs;
  private final InMemoryChunks chunks;
  private final MessageView view;
  private final Map<JobId, List<PreparedMessage>> rows = new HashMap<>();
  private final Set<Retried> retried = new HashSet<>();

  InMemoryMessages(
      InMemoryStore store, InMemoryBulkJobs jobs, InMemoryChunks chunks, InMemoryDeliveryLog log) {
    this.store = store;
    this.jobs = jobs;
    this.chunks = chunks;
    this.view = new MessageView(chunks, log);
  }

  @Override
  public void append(JobId job, int first, List<PreparedMessage> messages) {
    store.requireTransaction();
    List<PreparedMessage> kept = rows.computeIfAbsent(job, _ -> new ArrayList<>());
    if (first != kept.size()) {
      throw new IllegalStateException("messages are appended without gaps");
    }
    for (PreparedMessage message : messages) {
      refuseNul(message);
      store.add(kept, message);
    }
  }

  @Override
  public List<StoredMessage> load(ChunkKey chunk, int first, int size) {
    return store.inTransaction(() ->
        IntStream.range(first, Math.min(first + size, of(chunk.job()).size()))
            .filter(position -> of(chunk.job()).get(position).rejected() == null)
            .mapToObj(position -> stored(position, of(chunk.job()).get(position)))
            .toList());
  }

  @Override
  public List<RejectedEntry> rejected(JobId job, int limit) {
    return store.inTransaction(() -> rejectedWithin(job, 0, of(job).size(), limit));
  }

  @Override
  public List<RejectedEntry> rejectedWithin(JobId job, int first, int size, int limit) {
    return store.inTransaction(() ->
        IntStream.range(first, Math.min(first + size, of(job).size()))
            .boxed()
            .flatMap(position -> rejected(position, of(job).get(position)))
            .limit(limit)
            .toList());
  }

  @Override
  public Optional<Message> find(Scope scope, MessageId id) {
    return store.inTransaction(() ->
        jobs.row(scope, id.bulkId())
            .filter(job -> id.position() < of(job.id()).size())
            .map(job -> shown(job, id.position())));
  }

  @Override
  public Optional<Page<Message>> list(
      Scope scope, BulkId bulkId, MessageFilter filter, PageRequest page) {
    return store.inTransaction(() -> jobs.row(scope, bulkId).map(job -> page(job, filter, page)));
  }

  @Override
  public Optional<List<Message>> after(Scope scope, BulkId bulkId, int position, int limit) {
    return store.inTransaction(() ->
        jobs.row(scope, bulkId)
            .map(job ->
                IntStream.range(position + 1, of(job.id()).size())
                    .limit(limit)
                    .mapToObj(next -> shown(job, next))
                    .toList()));
  }

  @Override
  public Page<Message> search(Scope scope, MessageSearch search, PageRequest page) {
    return store.inTransaction(() -> {
      List<Found> found = found(scope, search);
      List<Found> rest =
          found.stream()
              .filter(
                  message -> page.after().isEmpty() || message.isAfter(page.after().getAsLong()))
              .skip(page.skip())
              .toList();
      List<Found> shown = rest.stream().limit(page.size()).toList();
      return new Page<>(
          shown.stream().map(message -> shown(message.job(), message.position())).toList(),
          rest.size() > shown.size()
              ? OptionalLong.of(shown.getLast().cursor())
              : OptionalLong.empty(),
          found.size());
    });
  }

  private List<Found> found(Scope scope, MessageSearch search) {
    return jobs.newestFirst()
        .filter(job -> job.job().scope().equals(scope))
        .flatMap(job ->
            IntStream.range(0, of(job.id()).size())
                .filter(position -> fits(of(job.id()).get(position), search))
                .mapToObj(position -> new Found(job, position)))
        .toList();
  }

  private static boolean fits(PreparedMessage message, MessageSearch search) {
    return (search.addresses().isEmpty() || search.addresses().contains(message.address()))
        && (search.clientRef().isEmpty() || search.clientRef().equals(message.clientRef()));
  }

  @Override
  public List<Retryable> retryable(
      JobId job, RetrySelection selection, int afterPosition, int limit) {
    return store.inTransaction(() -> {
      Optional<JobRow> row = jobs.row(job);
      return IntStream.range(afterPosition + 1, of(job).size())
          .filter(position -> !retried.contains(new Retried(job, position)))
          .filter(position -> !of(job).get(position).address().isEmpty())
          .filter(position -> row.filter(known -> takes(selection, known, position)).isPresent())
          .limit(limit)
          .mapToObj(position ->
              new Retryable(position, of(job).get(position).parts(), line(job, position)))
          .toList();
    });
  }

  private int line(JobId job, int position) {
    return chunks.of(job).values().stream()
        .filter(row -> row.chunk().contains(position) && !row.purse().lines().isEmpty())
        .mapToInt(row -> row.purse().lines().at(position - row.chunk().first()))
        .findFirst()
        .orElse(-1);
  }

  @Override
  public void copy(JobId parent, List<Integer> positions, JobId job, int first) {
    append(job, first, positions.stream().map(of(parent)::get).toList());
    for (int position : positions) {
      Retried taken = new Retried(parent, position);
      if (!retried.add(taken)) {
        throw new IllegalStateException("another retry has taken it: " + taken);
      }
      store.undoBy(() -> retried.remove(taken));
    }
  }

  /// The messages of a job, by position.
  List<PreparedMessage> rows(JobId job) {
    return of(job);
  }

  void replace(JobId job, int position, PreparedMessage message) {
    List<PreparedMessage> kept = Optional.ofNullable(rows.get(job)).orElseThrow();
    PreparedMessage before = kept.set(position, message);
    store.undoBy(() -> kept.set(position, before));
  }

  boolean exists(JobId job, int position) {
    return position < of(job).size();
  }

  private boolean takes(RetrySelection selection, JobRow job, int position) {
    return selection.takes(
        chunks.holding(job.id(), position).state(position), shown(job, position).reason());
  }

  private Page<Message> page(JobRow job, MessageFilter filter, PageRequest page) {
    List<Message> fitting =
        IntStream.range(0, of(job.id()).size())
            .mapToObj(position -> shown(job, position))
            .filter(message -> fits(message, filter))
            .toList();
    List<Message> rest =
        fitting.stream()
            .filter(message -> message.id().position() > page.after().orElse(-1))
            .skip(page.skip())
            .toList();
    List<Message> shown = rest.stream().limit(page.size()).toList();
    OptionalLong next =
        rest.size() > shown.size()
            ? OptionalLong.of(shown.getLast().id().position())
            : OptionalLong.empty();
    return new Page<>(shown, next, fitting.size());
  }

  private Message shown(JobRow job, int position) {
    return view.message(job, position, of(job.id()).get(position));
  }

  private List<PreparedMessage> of(JobId job) {
    return rows.getOrDefault(job, List.of());
  }

  private record Retried(JobId job, int position) {}

  /// A message that a search has found.
  private record Found(JobRow job, int position) {
    private static final int POSITION_BITS = 31;

    long cursor() {
      return job.id().value() << POSITION_BITS | position;
    }

    boolean isAfter(long cursor) {
      long number = cursor >> POSITION_BITS;
      return job.id().value() < number || (job.id().value() == number && cursor() > cursor);
    }
  }

  private static boolean fits(Message message, MessageFilter filter) {
    return (filter.statuses().isEmpty() || filter.statuses().contains(message.status()))
        && (filter.reasons().isEmpty()
            || (message.reason() != null && filter.reasons().contains(message.reason())))
        && (filter.clientRef().isEmpty() || filter.clientRef().equals(message.clientRef()));
  }

  private static StoredMessage stored(int position, PreparedMessage message) {
    return new StoredMessage(position, message.address(), message.own(), message.network());
  }

  private static Stream<RejectedEntry> rejected(int position, PreparedMessage message) {
    return Optional.ofNullable(message.rejected()).stream()
        .map(reason -> new RejectedEntry(position, message.address(), reason, message.detail()));
  }

  /// As PostgreSQL does: its text has no NUL.
  private static void refuseNul(PreparedMessage message) {
    Stream.of(
            Optional.of(message.address()),
            Optional.of(message.clientRef()),
            Optional.ofNullable(message.own().text()),
            Optional.ofNullable(message.own().subject()),
            Optional.ofNullable(message.own().html()),
            message.own().parameters().stream().reduce(String::concat),
            message.own().variables().values().stream().reduce(String::concat))
        .flatMap(Optional::stream)
        .filter(text -> text.indexOf('\0') >= 0)
        .findFirst()
        .ifPresent(_ -> {
          throw new IllegalStateException("a text with NUL cannot be stored");
        });
  }
}
