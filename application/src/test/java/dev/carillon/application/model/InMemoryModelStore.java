package dev.carillon.application.model;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.memory.InMemoryProgressFeed;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.port.Outbox;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.job.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Histories in memory.
final class InMemoryModelStore implements ModelStore {
  private final MutableClock leaseClock = new MutableClock(JobFixture.CREATED);
  private final InMemoryStore store = new InMemoryStore(leaseClock);
  private final InMemoryProgressFeed feed = new InMemoryProgressFeed();

  @Override
  public Ports ports() {
    return store.ports();
  }

  @Override
  public Outbox outbox() {
    return store.outbox();
  }

  @Override
  public ProgressFeed feed() {
    return feed;
  }

  @Override
  public List<String> events(JobId job) {
    return store.outbox().of(job).stream().map(event -> event.type().label()).toList();
  }

  @Override
  public List<String> messageEvents(JobId job) {
    return store.outbox().ofMessages(job).stream()
        .map(event -> event.id().position() + ":" + event.status() + ":" + event.attempts())
        .toList();
  }

  @Override
  public Map<Integer, List<String>> attempts(JobId job) {
    return store.log().attempts(job).stream()
        .collect(
            Collectors.groupingBy(
                Attempt::position,
                Collectors.mapping(
                    attempt -> attempt.number() + ":" + attempt.kind(),
                    Collectors.collectingAndThen(
                        Collectors.toList(), kept -> kept.stream().sorted().toList()))));
  }

  @Override
  public void lapseLeases() {
    leaseClock.advance(Duration.ofHours(1));
  }
}
