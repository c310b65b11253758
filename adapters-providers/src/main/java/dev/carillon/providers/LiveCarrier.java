package dev.carillon.providers;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A carrier by its name, whatever its settings are at the moment: who holds it needs not care when
/// they change. When it is gone, it gives everything back.
final class LiveCarrier implements Carrier {
  private static final DispatchOutcome GONE = new DispatchOutcome.Throttled(null);

  private volatile CarrierInUse inUse;

  LiveCarrier(CarrierInUse inUse) {
    this.inUse = inUse;
  }

  CarrierInUse inUse() {
    return inUse;
  }

  /// From now on messages go to this one.
  void become(CarrierInUse other) {
    inUse = other;
  }

  @Override
  public CarrierId id() {
    return inUse.carrier().id();
  }

  @Override
  public String type() {
    return inUse.config().type();
  }

  @Override
  public Set<Channel> channels() {
    return inUse.carrier().channels();
  }

  @Override
  public int window() {
    return inUse.carrier().window();
  }

  @Override
  public boolean isJudged() {
    return inUse.carrier().isJudged();
  }

  @Override
  public Duration answerTimeout() {
    return inUse.carrier().answerTimeout();
  }

  @Override
  public Optional<Inquiry> inquiry() {
    return inUse.carrier().inquiry();
  }

  @Override
  public void submit(List<OutboundMessage> messages, HandOver handOver) {
    CarrierInUse now = inUse;
    while (!now.submit(messages, handOver)) {
      CarrierInUse next = inUse;
      if (next == now) {
        messages.forEach(message -> handOver.answer(message, GONE));
        return;
      }
      now = next;
    }
  }
}
