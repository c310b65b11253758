package dev.carillon.application.memory;

import dev.carillon.application.port.NewRecipient;
import dev.carillon.application.port.RecipientCursor;
import dev.carillon.application.port.RecipientFilter;
import dev.carillon.application.port.RecipientOrder;
import dev.carillon.application.port.RecipientPage;
import dev.carillon.application.port.RecipientPageRequest;
import dev.carillon.application.port.RecipientRepository;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.recipient.Address;
import dev.carillon.domain.recipient.GroupId;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientDetails;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientKey;
import dev.carillon.domain.recipient.RecipientMatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// Recipients in memory.
public final class InMemoryRecipients implements RecipientRepository {
  private final InMemoryStore store;
  private final Map<Long, Row> rows = new TreeMap<>();
  private Function<GroupId, Set<RecipientId>> members = _ -> Set.of();
  private long last;

  InMemoryRecipients(InMemoryStore store) {
    this.store = store;
  }

  /// Has the members of static groups come from there.
  void readMembersFrom(Function<GroupId, Set<RecipientId>> groups) {
    members = groups;
  }

  @Override
  public void takeTurn(Scope scope, boolean alone) {
    store.requireTransaction();
  }

  @Override
  public Recipient insert(Scope scope, NewRecipient recipient, Instant now) {
    return store.inTransaction(() -> {
      Recipient stored =
          new Recipient(
              new RecipientId(last + 1), recipient.publicId(), recipient.details(), 1, now, now);
      requireReferenceFree(scope, stored);
      last++;
      store.put(rows, last, new Row(scope, stored));
      return stored;
    });
  }

  @Override
  public void insertAll(Scope scope, List<NewRecipient> recipients, Instant now) {
    store.requireTransaction();
    recipients.forEach(recipient -> insert(scope, recipient, now));
  }

  @Override
  public Optional<Recipient> find(Scope scope, RecipientKey key) {
    return store.inTransaction(() -> of(scope).filter(one -> isOf(one, key)).findFirst());
  }

  @Override
  public List<Recipient> findAll(Scope scope, Collection<? extends RecipientKey> keys) {
    return store.inTransaction(
        () -> of(scope).filter(one -> keys.stream().anyMatch(key -> isOf(one, key))).toList());
  }

  @Override
  public Optional<Recipient> lock(Scope scope, RecipientKey key) {
    store.requireTransaction();
    return find(scope, key);
  }

  @Override
  public List<Recipient> lockMatching(
      Scope scope, RecipientMatch match, Collection<String> values) {
    store.requireTransaction();
    // PostgreSQL has no text with it (manual, 8.3 Character Types).
    if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("a text with the NUL character cannot be looked for");
    }
    return of(scope)
        .filter(one -> match.of(one.details()).filter(values::contains).isPresent())
        .toList();
  }

  @Override
  public Optional<RecipientId> matching(Scope scope, RecipientMatch match, String value) {
    return store.inTransaction(() ->
        of(scope)
            .filter(one -> match.of(one.details()).filter(value::equals).isPresent())
            .map(Recipient::id)
            .findFirst());
  }

  @Override
  public void save(Scope scope, List<Recipient> changed) {
    store.requireTransaction();
    for (Recipient recipient : changed) {
      requireReferenceFree(scope, recipient);
      store.put(rows, recipient.id().value(), new Row(scope, recipient));
    }
  }

  @Override
  public boolean delete(Scope scope, RecipientId id) {
    return store.inTransaction(() -> {
      Row row = rows.get(id.value());
      if (row == null || !row.scope().equals(scope)) {
        return false;
      }
      rows.remove(id.value());
      store.undoBy(() -> rows.put(id.value(), row));
      return true;
    });
  }

  @Override
  public List<RecipientId> withdraw(Scope scope, Address address, Instant now) {
    return store.inTransaction(() -> {
      List<Recipient> holders =
          of(scope).filter(one -> !one.details().without(address).equals(one.details())).toList();
      List<RecipientId> deleted = new ArrayList<>();
      for (Recipient holder : holders) {
        RecipientDetails left = holder.details().without(address);
        if (left.isReachable()) {
          save(scope, List.of(holder.with(left, now)));
        } else {
          delete(scope, holder.id());
          deleted.add(holder.id());
        }
      }
      return deleted;
    });
  }

  @Override
  public RecipientPage list(Scope scope, RecipientFilter filter, RecipientPageRequest page) {
    return store.inTransaction(() -> {
      Comparator<RecipientCursor> order = order(page.order());
      RecipientCursor after = page.after();
      long fitting = of(scope).filter(one -> matches(one, filter)).count();
      long total = after == null || filter.isAll() ? fitting : after.totalSize();
      List<Recipient> rest =
          of(scope)
              .filter(one -> matches(one, filter))
              .sorted(Comparator.comparing(one -> cursor(one, page.order(), total), order))
              .filter(one ->
                  after == null || order.compare(cursor(one, page.order(), total), after) > 0)
              .skip(page.skip())
              .toList();
      List<Recipient> shown = rest.stream().limit(page.size()).toList();
      return new RecipientPage(
          shown,
          rest.size() > shown.size() ? cursor(shown.getLast(), page.order(), total) : null,
          total);
    });
  }

  private static RecipientCursor cursor(Recipient recipient, RecipientOrder order, long total) {
    return new RecipientCursor(
        switch (order.by()) {
          case CREATE_TIME -> recipient.createdAt();
          case UPDATE_TIME -> recipient.updatedAt();
          case ID, LAST_NAME -> null;
        },
        order.by() == RecipientOrder.By.LAST_NAME ? recipient.lastName() : null,
        recipient.id().value(),
        total);
  }

  private static Comparator<RecipientCursor> order(RecipientOrder order) {
    Comparator<RecipientCursor> up =
        Comparator.comparing(
                RecipientCursor::time, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(
                RecipientCursor::name, Comparator.nullsFirst(InMemoryRecipients::byCodePoint))
            .thenComparingLong(RecipientCursor::id);
    return order.descending() ? up.reversed() : up;
  }

  private static int byCodePoint(String one, String other) {
    return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
  }

  private boolean matches(Recipient recipient, RecipientFilter filter) {
    return recipient.tags().containsAll(filter.tags())
        && (filter.expression() == null || filter.expression().fits(recipient.tags()))
        && (filter.group() == null || members.apply(filter.group()).contains(recipient.id()))
        && (filter.channel() == null || recipient.addressFor(filter.channel()).isPresent())
        && contains(recipient, filter.text().toLowerCase(Locale.ROOT));
  }

  private static boolean contains(Recipient recipient, String text) {
    Stream<String> texts =
        Stream.concat(
            Stream.of(recipient.firstName() + " " + recipient.lastName()),
            Stream.of(RecipientMatch.values())
                .flatMap(match -> match.of(recipient.details()).stream()));
    return texts.anyMatch(one -> one.toLowerCase(Locale.ROOT).contains(text));
  }

  private void requireReferenceFree(Scope scope, Recipient recipient) {
    boolean taken =
        !recipient.reference().isEmpty()
            && of(scope)
                .anyMatch(other ->
                    other.reference().equals(recipient.reference())
                        && !other.id().equals(recipient.id()));
    if (taken) {
      throw new DomainException(
          new DomainError.AlreadyExists(
              DomainError.NotFound.Kind.RECIPIENT, "recipient.reference", ""));
    }
  }

  private Stream<Recipient> of(Scope scope) {
    return rows.values().stream().filter(row -> row.scope().equals(scope)).map(Row::recipient);
  }

  private static boolean isOf(Recipient recipient, RecipientKey key) {
    return switch (key) {
      case RecipientId id -> recipient.id().equals(id);
      case PublicRecipientId id -> recipient.publicId().equals(id.value());
    };
  }

  private record Row(Scope scope, Recipient recipient) {}
}
