package dev.carillon.application.memory;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.PreparedMessage;
import dev.carillon.application.port.Suppressions;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.Suppression;
import dev.carillon.domain.recipient.SuppressionCause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Suppressed addresses in memory.
public final class InMemorySuppressions implements Suppressions {
  private final InMemoryStore store;
  private final InMemoryBulkJobs jobs;
  private final InMemoryMessages messages;
  private final HandedOver handedOver;
  private final InstantSource clock;
  private final Map<Entry, Row> rows = new LinkedHashMap<>();
  private long last;

  InMemorySuppressions(
      InMemoryStore store,
      InMemoryBulkJobs jobs,
      InMemoryMessages messages,
      HandedOver handedOver,
      InstantSource clock) {
    this.store = store;
    this.jobs = jobs;
    this.messages = messages;
    this.handedOver = handedOver;
    this.clock = clock;
  }

  /// Puts an address on a list by hand.
  public void add(Scope scope, Channel channel, String address) {
    add(
        List.of(
            new Suppression(
                scope, channel, address, SuppressionCause.MANUAL, "", "test", clock.instant())));
  }

  @Override
  public Set<String> among(Scope scope, Channel channel, Collection<String> addresses) {
    return store.inTransaction(() ->
        addresses.stream()
            .filter(address -> rows.containsKey(new Entry(scope, channel, address)))
            .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public int add(List<Suppression> suppressions) {
    return store.inTransaction(() -> {
      int added = 0;
      for (Suppression suppression : suppressions) {
        Entry entry = Entry.of(suppression);
        if (!rows.containsKey(entry)) {
          store.put(rows, entry, new Row(++last, suppression, clock.instant()));
          added++;
        }
      }
      return added;
    });
  }

  @Override
  public List<Suppression> remove(Scope scope, Channel channel, Collection<String> addresses) {
    return store.inTransaction(() ->
        Set.copyOf(addresses).stream()
            .map(address -> new Entry(scope, channel, address))
            .flatMap(entry -> Optional.ofNullable(removed(entry)).stream())
            .map(Row::suppression)
            .toList());
  }

  @Override
  public Page<Suppression> list(Scope scope, Filter filter, PageRequest page) {
    return store.inTransaction(() -> {
      List<Row> fitting =
          rows.values().stream()
              .filter(row -> row.suppression().scope().equals(scope))
              .filter(row -> fits(row.suppression(), filter))
              .sorted(Comparator.comparingLong(Row::number).reversed())
              .toList();
      Page<Row> found = Pages.of(fitting, Row::number, page);
      return new Page<>(
          found.items().stream().map(Row::suppression).toList(), found.next(), found.totalSize());
    });
  }

  @Override
  public List<Suppression> recent(Duration within, int limit) {
    Instant since = clock.instant().minus(within);
    return store.inTransaction(() ->
        rows.values().stream()
            .filter(row -> row.storedAt().isAfter(since))
            .sorted(Comparator.comparingLong(Row::number).reversed())
            .limit(limit)
            .map(Row::suppression)
            .toList());
  }

  @Override
  public Map<MessageRef, Target> targets(Collection<MessageRef> some) {
    return store.inTransaction(() -> {
      Map<MessageRef, Target> targets = new HashMap<>();
      for (MessageRef ref : some) {
        Optional<JobRow> job = jobs.row(ref.job()).filter(_ -> handedOver.exists(ref));
        String address = job.map(_ -> address(ref)).orElse("");
        if (job.isPresent() && !address.isEmpty()) {
          targets.put(
              ref,
              new Target(
                  job.get().job().scope(),
                  job.get().submission().channel(),
                  address,
                  handedOver.givenTo(job.get(), ref.position())));
        }
      }
      return targets;
    });
  }

  @Override
  public Set<Scope> writersTo(OptOut.OfAddress optOut, Instant since) {
    return store.inTransaction(() ->
        jobs.newestFirst()
            .filter(job -> !job.job().createdAt().isBefore(since))
            .filter(job -> job.submission().channel() == optOut.channel())
            .filter(job -> isFrom(job, optOut.sender()))
            .filter(job -> wroteTo(job, optOut))
            .map(job -> job.job().scope())
            .collect(Collectors.toUnmodifiableSet()));
  }

  private @Nullable Row removed(Entry entry) {
    Row row = rows.remove(entry);
    if (row != null) {
      store.undoBy(() -> rows.put(entry, row));
    }
    return row;
  }

  private String address(MessageRef ref) {
    return messages.rows(ref.job()).get(ref.position()).address();
  }

  private boolean wroteTo(JobRow job, OptOut.OfAddress optOut) {
    List<PreparedMessage> own = messages.rows(job.id());
    return IntStream.range(0, own.size())
        .filter(position -> own.get(position).address().equals(optOut.address()))
        .anyMatch(position -> handedOver.wasGivenTo(optOut.carrier(), job, position));
  }

  private static boolean isFrom(JobRow job, String sender) {
    String own = job.job().content().sender();
    return sender.isEmpty() || own.isEmpty() || own.equals(sender);
  }

  private static boolean fits(Suppression suppression, Filter filter) {
    return (filter.channel() == null || filter.channel() == suppression.channel())
        && (filter.cause() == null || filter.cause() == suppression.cause())
        && (filter.address().isEmpty() || filter.address().equals(suppression.address()));
  }

  private record Entry(Scope scope, Channel channel, String address) {
    static Entry of(Suppression suppression) {
      return new Entry(suppression.scope(), suppression.channel(), suppression.address());
    }
  }

  private record Row(long number, Suppression suppression, Instant storedAt) {}
}
