package dev.carillon.providers;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.providers.callback.CallbackAnswer;
import dev.carillon.providers.callback.Callbacks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A carrier that keeps what it is handed until it is told to answer.
final class FakeCarrier implements ConnectedCarrier {
  private final CarrierId id;
  private final Config config;
  private final List<Runnable> open = new ArrayList<>();
  private volatile boolean broken;
  private volatile String state = "new";

  FakeCarrier(CarrierId id, Config config) {
    this.id = id;
    this.config = config;
    this.broken = config.name.startsWith("broken");
  }

  @Override
  public CarrierId id() {
    return id;
  }

  @Override
  public Set<Channel> channels() {
    return Set.of(config.channel);
  }

  @Override
  public int window() {
    return 10;
  }

  @Override
  public Duration answerTimeout() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Optional<Callbacks> callbacks() {
    return Optional.of(_ -> new CallbackAnswer.Answered(200, "", config.name));
  }

  @Override
  public synchronized void submit(List<OutboundMessage> messages, HandOver handOver) {
    for (OutboundMessage message : messages) {
      open.add(() -> handOver.answer(message, new DispatchOutcome.Accepted(config.name)));
    }
  }

  @Override
  public void start() {
    if (broken) {
      throw new IllegalStateException(
          "it cannot be started for bob@example.net of +263771234567 with \"hunter2\"");
    }
    state = "started";
  }

  @Override
  public void close() {
    state = "closed";
  }

  /// Answers everything that it has been handed by now.
  synchronized void answerAll() {
    open.forEach(Runnable::run);
    open.clear();
  }

  synchronized int open() {
    return open.size();
  }

  String state() {
    return state;
  }

  void repair() {
    broken = false;
  }

  /// By which such a carrier is made.
  ///
  /// @param name told with every answer; one that begins with `broken` cannot be started
  record Config(String name, Channel channel) implements CarrierConfig {
    @Override
    public List<String> problems() {
      return List.of();
    }
  }
}
