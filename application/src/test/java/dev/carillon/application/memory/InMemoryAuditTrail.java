package dev.carillon.application.memory;

import dev.carillon.application.port.AuditTrail;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.AuditEntry;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Who changed what, in memory.
public final class InMemoryAuditTrail implements AuditTrail {
  private final InMemoryStore store;
  private final List<AuditEntry> entries = new ArrayList<>();

  InMemoryAuditTrail(InMemoryStore store) {
    this.store = store;
  }

  @Override
  public void append(AuditEntry entry) {
    store.requireTransaction();
    store.add(entries, entry);
  }

  @Override
  public Page<AuditEntry> list(
      @Nullable BusinessId business, @Nullable Environment environment, PageRequest page) {
    return store.inTransaction(() -> {
      List<Integer> fitting =
          IntStream.range(0, entries.size())
              .map(index -> entries.size() - 1 - index)
              .filter(index -> fits(entries.get(index).subject(), business, environment))
              .boxed()
              .toList();
      List<Integer> rest =
          fitting.stream()
              .filter(index -> index < page.after().orElse(Long.MAX_VALUE))
              .skip(page.skip())
              .toList();
      List<Integer> shown = rest.stream().limit(page.size()).toList();
      OptionalLong next =
          rest.size() > shown.size() ? OptionalLong.of(shown.getLast()) : OptionalLong.empty();
      return new Page<>(shown.stream().map(entries::get).toList(), next, fitting.size());
    });
  }

  private static boolean fits(
      AuditEntry.Subject subject,
      @Nullable BusinessId business,
      @Nullable Environment environment) {
    return (business == null || business.equals(subject.business()))
        && (environment == null
            || subject.environment() == null
            || subject.environment() == environment);
  }
}
