package dev.carillon.application.memory;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.RecipientFilter;
import dev.carillon.application.port.RecipientGroupRepository;
import dev.carillon.application.port.RecipientPageRequest;
import dev.carillon.application.port.RecipientRepository;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.recipient.GroupDetails;
import dev.carillon.domain.recipient.GroupId;
import dev.carillon.domain.recipient.MemberCounts;
import dev.carillon.domain.recipient.PublicGroupId;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientGroup;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Groups and memberships in memory. A membership of somebody who does not exist any more is none.
public final class InMemoryRecipientGroups implements RecipientGroupRepository {
  private final InMemoryStore store;
  private final RecipientRepository recipients;
  private final Map<Long, Row> rows = new TreeMap<>(Comparator.reverseOrder());
  private final Map<GroupId, Set<RecipientId>> members = new HashMap<>();
  private long last;

  InMemoryRecipientGroups(InMemoryStore store, RecipientRepository recipients) {
    this.store = store;
    this.recipients = recipients;
  }

  @Override
  public RecipientGroup insert(Scope scope, PublicGroupId id, GroupDetails details, Instant now) {
    return store.inTransaction(() -> {
      RecipientGroup group = new RecipientGroup(new GroupId(last + 1), id, details, 1, now, now);
      requireNameFree(scope, group);
      last++;
      store.put(rows, last, new Row(scope, group));
      store.put(members, group.id(), Set.of());
      return group;
    });
  }

  @Override
  public Optional<RecipientGroup> find(Scope scope, PublicGroupId id) {
    return store.inTransaction(
        () -> groups(scope).filter(group -> group.publicId().equals(id)).findFirst());
  }

  @Override
  public Optional<RecipientGroup> lock(Scope scope, PublicGroupId id) {
    store.requireTransaction();
    return find(scope, id);
  }

  @Override
  public Optional<RecipientGroup> hold(Scope scope, PublicGroupId id) {
    return lock(scope, id);
  }

  @Override
  public void save(RecipientGroup group) {
    store.requireTransaction();
    Row row = Optional.ofNullable(rows.get(group.id().value())).orElseThrow();
    requireNameFree(row.scope(), group);
    store.put(rows, group.id().value(), new Row(row.scope(), group));
  }

  @Override
  public void delete(GroupId id) {
    store.requireTransaction();
    Optional.ofNullable(rows.remove(id.value()))
        .ifPresent(row -> store.undoBy(() -> rows.put(id.value(), row)));
    Optional.ofNullable(members.remove(id))
        .ifPresent(ids -> store.undoBy(() -> members.put(id, ids)));
  }

  @Override
  public Page<RecipientGroup> list(Scope scope, PageRequest page) {
    return store.inTransaction(() -> {
      List<RecipientGroup> rest =
          groups(scope)
              .filter(
                  group -> page.after().isEmpty() || group.id().value() < page.after().getAsLong())
              .skip(page.skip())
              .toList();
      List<RecipientGroup> shown = rest.stream().limit(page.size()).toList();
      OptionalLong next =
          rest.size() > shown.size()
              ? OptionalLong.of(shown.getLast().id().value())
              : OptionalLong.empty();
      return new Page<>(shown, next, groups(scope).count());
    });
  }

  @Override
  public Map<GroupId, MemberCounts> count(Scope scope, Collection<RecipientGroup> groups) {
    return store.inTransaction(() ->
        groups.stream()
            .collect(
                Collectors.toUnmodifiableMap(RecipientGroup::id, group -> counts(scope, group))));
  }

  @Override
  public Changed add(Scope scope, GroupId group, Collection<RecipientKey> keys) {
    store.requireTransaction();
    List<RecipientId> known = known(scope, keys);
    Set<RecipientId> after = new HashSet<>(of(group));
    int added = (int) known.stream().filter(after::add).count();
    store.put(members, group, Set.copyOf(after));
    return new Changed(added, known.size() - added, unknown(scope, keys));
  }

  @Override
  public Changed remove(Scope scope, GroupId group, Collection<RecipientKey> keys) {
    store.requireTransaction();
    List<RecipientId> known = known(scope, keys);
    Set<RecipientId> after = new HashSet<>(of(group));
    int removed = (int) known.stream().filter(after::remove).count();
    store.put(members, group, Set.copyOf(after));
    return new Changed(removed, known.size() - removed, unknown(scope, keys));
  }

  /// Who was put into a static group and not taken out; nobody once the group is deleted.
  Set<RecipientId> of(GroupId group) {
    return members.getOrDefault(group, Set.of());
  }

  private List<RecipientId> known(Scope scope, Collection<RecipientKey> keys) {
    return recipients.findAll(scope, keys).stream().map(Recipient::id).distinct().toList();
  }

  private Set<RecipientKey> unknown(Scope scope, Collection<RecipientKey> keys) {
    Set<RecipientKey> unknown = new HashSet<>(keys);
    for (Recipient recipient : recipients.findAll(scope, keys)) {
      unknown.remove(recipient.id());
      unknown.remove(new PublicRecipientId(recipient.publicId()));
    }
    return unknown;
  }

  private MemberCounts counts(Scope scope, RecipientGroup group) {
    return new MemberCounts(
        size(scope, group, null),
        size(scope, group, Channel.SMS),
        size(scope, group, Channel.WHATSAPP),
        size(scope, group, Channel.EMAIL));
  }

  private long size(Scope scope, RecipientGroup group, @Nullable Channel channel) {
    RecipientFilter filter =
        new RecipientFilter(
            Set.of(), "", channel, group.isDynamic() ? null : group.id(), group.details().tags());
    return recipients.list(scope, filter, RecipientPageRequest.first()).totalSize();
  }

  private Stream<RecipientGroup> groups(Scope scope) {
    return rows.values().stream().filter(row -> row.scope().equals(scope)).map(Row::group);
  }

  private void requireNameFree(Scope scope, RecipientGroup group) {
    boolean taken =
        groups(scope)
            .anyMatch(other -> other.name().equals(group.name()) && !other.id().equals(group.id()));
    if (taken) {
      throw new DomainException(
          new DomainError.AlreadyExists(
              DomainError.NotFound.Kind.RECIPIENT_GROUP, "recipient_group.name", ""));
    }
  }

  private record Row(Scope scope, RecipientGroup group) {}
}
