package dev.carillon.application.memory;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.TemplateRepository;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.template.Template;
import dev.carillon.domain.template.TemplateId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Templates in memory.
public final class InMemoryTemplates implements TemplateRepository {
  private final InMemoryStore store;
  private final Map<TemplateId, Row> rows = new LinkedHashMap<>();
  private long numbers;

  InMemoryTemplates(InMemoryStore store) {
    this.store = store;
  }

  @Override
  public boolean insert(Scope scope, Template template) {
    store.requireTransaction();
    if (isTaken(scope, template.head())) {
      return false;
    }
    Row row = new Row(++numbers, scope, template.head(), List.of(template.version()));
    store.put(rows, template.head().id(), row);
    return true;
  }

  @Override
  public Optional<Template> find(Scope scope, TemplateId id, int version) {
    return store.inTransaction(() -> row(scope, id).flatMap(row -> row.shown(version)));
  }

  @Override
  public Optional<Template> lock(Scope scope, TemplateId id) {
    store.requireTransaction();
    return find(scope, id, LATEST);
  }

  @Override
  public boolean update(Scope scope, Template template) {
    store.requireTransaction();
    if (isTaken(scope, template.head())) {
      return false;
    }
    Row row = row(scope, template.head().id()).orElseThrow();
    store.put(rows, template.head().id(), row.changed(template));
    return true;
  }

  @Override
  public boolean delete(Scope scope, TemplateId id) {
    store.requireTransaction();
    Optional<Row> row = row(scope, id);
    row.ifPresent(known -> {
      rows.remove(id);
      store.undoBy(() -> rows.put(id, known));
    });
    return row.isPresent();
  }

  @Override
  public Page<Template.Head> list(Scope scope, @Nullable Channel channel, PageRequest page) {
    return store.inTransaction(() -> {
      List<Row> fitting =
          rows.values().stream()
              .filter(row -> row.scope().equals(scope))
              .filter(row -> channel == null || row.head().channel() == channel)
              .sorted(Comparator.comparingLong(Row::number).reversed())
              .toList();
      List<Row> rest =
          fitting.stream()
              .filter(row -> row.number() < page.after().orElse(Long.MAX_VALUE))
              .skip(page.skip())
              .toList();
      List<Row> shown = rest.stream().limit(page.size()).toList();
      OptionalLong next =
          rest.size() > shown.size()
              ? OptionalLong.of(shown.getLast().number())
              : OptionalLong.empty();
      return new Page<>(shown.stream().map(Row::head).toList(), next, fitting.size());
    });
  }

  private Optional<Row> row(Scope scope, TemplateId id) {
    return Optional.ofNullable(rows.get(id)).filter(row -> row.scope().equals(scope));
  }

  private boolean isTaken(Scope scope, Template.Head head) {
    return rows.values().stream()
        .filter(row -> row.scope().equals(scope) && !row.head().id().equals(head.id()))
        .anyMatch(row -> row.head().label().name().equals(head.label().name()));
  }

  private record Row(
      long number, Scope scope, Template.Head head, List<Template.Version> versions) {
    Optional<Template> shown(int wanted) {
      int version = wanted == LATEST ? head.latest() : wanted;
      return versions.stream()
          .filter(known -> known.number() == version)
          .findFirst()
          .map(known -> new Template(head, known));
    }

    Row changed(Template template) {
      List<Template.Version> all = new ArrayList<>(versions);
      if (template.version().number() > versions.size()) {
        all.add(template.version());
      }
      return new Row(number, scope, template.head(), List.copyOf(all));
    }
  }
}
