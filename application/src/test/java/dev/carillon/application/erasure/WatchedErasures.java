package dev.carillon.application.erasure;

import dev.carillon.application.port.Erasures;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.Erasure;
import dev.carillon.domain.recipient.ErasureId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Erasures of another store; notes whose messages are asked for, and lets a test interfere.
final class WatchedErasures implements Erasures {
  private final Erasures store;
  private final Consumer<Collection<ErasureId>> interference;
  private final List<List<ErasureId>> asked = new ArrayList<>();

  /// @param interference called at each question, before it is answered
  WatchedErasures(Erasures store, Consumer<Collection<ErasureId>> interference) {
    this.store = store;
    this.interference = interference;
  }

  List<List<ErasureId>> asked() {
    return List.copyOf(asked);
  }

  @Override
  public List<Target> targets(Collection<ErasureId> erasures, int limit) {
    asked.add(List.copyOf(erasures));
    interference.accept(erasures);
    return store.targets(erasures, limit);
  }

  @Override
  public Erasure request(Scope scope, Erasure.Subject subject, Instant now) {
    return store.request(scope, subject, now);
  }

  @Override
  public Optional<Erasure> find(Scope scope, ErasureId id) {
    return store.find(scope, id);
  }

  @Override
  public List<Due> due(Instant now, int limit) {
    return store.due(now, limit);
  }

  @Override
  public Erasure.Counts clear(Collection<MessageRef> messages) {
    return store.clear(messages);
  }

  @Override
  public void add(Map<ErasureId, Erasure.Counts> done) {
    store.add(done);
  }

  @Override
  public void drawLine(Collection<ErasureId> erasures) {
    store.drawLine(erasures);
  }

  @Override
  public void defer(Collection<ErasureId> erasures, Instant until) {
    store.defer(erasures, until);
  }

  @Override
  public void end(Collection<ErasureId> erasures, Instant now) {
    store.end(erasures, now);
  }
}
