package dev.carillon.application.memory;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.RecipientImports;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.RecipientImport;
import dev.carillon.domain.recipient.RecipientMatch;
import dev.carillon.domain.recipient.RefusedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Imports of recipients in memory.
public final class InMemoryRecipientImports implements RecipientImports {
  private final InMemoryStore store;
  private final Map<Key, Row> rows = new LinkedHashMap<>();

  InMemoryRecipientImports(InMemoryStore store) {
    this.store = store;
  }

  @Override
  public RecipientImport lock(
      Scope scope, String importId, RecipientMatch match, String principal, Instant now) {
    store.requireTransaction();
    Key key = new Key(scope, importId);
    if (!rows.containsKey(key)) {
      RecipientImport begun = RecipientImport.begin(importId, match, now);
      store.put(rows, key, new Row(begun, List.of(), List.of()));
    }
    return find(scope, importId).orElseThrow();
  }

  @Override
  public void save(
      Scope scope, RecipientImport changed, byte[] fingerprint, List<RefusedRow> refused) {
    store.requireTransaction();
    Key key = new Key(scope, changed.importId());
    Row row = row(key).orElseThrow();
    List<byte[]> fingerprints = new ArrayList<>(row.fingerprints());
    fingerprints.add(fingerprint);
    List<RefusedRow> all = new ArrayList<>(row.refused());
    all.addAll(refused);
    store.put(rows, key, new Row(changed, List.copyOf(fingerprints), List.copyOf(all)));
  }

  @Override
  public Optional<byte[]> fingerprint(Scope scope, String importId, long sequence) {
    return store.inTransaction(() ->
        row(new Key(scope, importId))
            .map(Row::fingerprints)
            .filter(known -> sequence >= 1 && sequence <= known.size())
            .map(known -> known.get((int) sequence - 1)));
  }

  @Override
  public Optional<RecipientImport> find(Scope scope, String importId) {
    return store.inTransaction(() -> row(new Key(scope, importId)).map(Row::standing));
  }

  @Override
  public Optional<Page<RefusedRow>> refused(Scope scope, String importId, PageRequest page) {
    return store.inTransaction(() -> row(new Key(scope, importId)).map(row -> page(row, page)));
  }

  @Override
  public int forget(Instant before, int limit) {
    return store.inTransaction(() -> {
      List<Map.Entry<Key, Row>> old =
          rows.entrySet().stream()
              .filter(entry -> entry.getValue().standing().updatedAt().isBefore(before))
              .limit(limit)
              .toList();
      old.forEach(entry -> {
        rows.remove(entry.getKey());
        store.undoBy(() -> rows.put(entry.getKey(), entry.getValue()));
      });
      return old.size();
    });
  }

  private static Page<RefusedRow> page(Row row, PageRequest page) {
    List<RefusedRow> rest =
        row.refused().stream()
            .filter(one -> page.after().isEmpty() || one.row() > page.after().getAsLong())
            .skip(page.skip())
            .toList();
    List<RefusedRow> shown = rest.stream().limit(page.size()).toList();
    return new Page<>(
        shown,
        rest.size() > shown.size() ? OptionalLong.of(shown.getLast().row()) : OptionalLong.empty(),
        row.refused().size());
  }

  private Optional<Row> row(Key key) {
    return Optional.ofNullable(rows.get(key));
  }

  private record Key(Scope scope, String importId) {}

  private record Row(
      RecipientImport standing, List<byte[]> fingerprints, List<RefusedRow> refused) {}
}
