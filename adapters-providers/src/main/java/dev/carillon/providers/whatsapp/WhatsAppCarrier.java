package dev.carillon.providers.whatsapp;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.providers.ConnectedCarrier;
import dev.carillon.providers.callback.Callbacks;
import dev.carillon.providers.http.CarrierHttp;
import dev.carillon.providers.http.HttpHandOver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives messages to Meta's WhatsApp Cloud API, one request each, and takes its webhooks. Its
/// receipts name our reference, or its own id where they do not. It cannot be asked what became of
/// a message: without the id that was lost nothing can be found there.
public final class WhatsAppCarrier implements ConnectedCarrier {
  private final CarrierId id;
  private final WhatsAppConfig config;
  private final CarrierHttp.Source source;
  private final WhatsAppRequests requests;
  private final WhatsAppAnswers answers;
  private final Callbacks callbacks;
  private volatile @Nullable HttpHandOver open;

  /// @param config without problems
  public WhatsAppCarrier(
      CarrierId id, WhatsAppConfig config, CarrierHttp.Source source, InstantSource clock) {
    this.id = id;
    this.config = config;
    this.source = source;
    this.requests = new WhatsAppRequests(config);
    this.answers = new WhatsAppAnswers(clock);
    this.callbacks = new WhatsAppCallbacks(id, config, clock);
  }

  @Override
  public CarrierId id() {
    return id;
  }

  @Override
  public Set<Channel> channels() {
    return Set.of(Channel.WHATSAPP);
  }

  @Override
  public int window() {
    return config.window();
  }

  @Override
  public Duration answerTimeout() {
    return config.handOver().answerTimeout(config.http());
  }

  @Override
  public Optional<Callbacks> callbacks() {
    return Optional.of(callbacks);
  }

  @Override
  public synchronized void start() {
    if (open != null) {
      throw new IllegalStateException(id + " is started once");
    }
    CarrierHttp http = source.open(config.http());
    open =
        new HttpHandOver(
            id.value(), config.handOver(), http, messages -> List.of(send(http, messages)));
  }

  @Override
  public synchronized void close() {
    HttpHandOver now = open;
    if (now != null) {
      now.close();
    }
  }

  @Override
  public void submit(List<OutboundMessage> messages, HandOver handOver) {
    HttpHandOver now = open;
    if (now == null) {
      throw new IllegalStateException(id + " is not started");
    }
    now.submit(messages, handOver);
  }

  private DispatchOutcome send(CarrierHttp http, List<OutboundMessage> messages) {
    OutboundMessage message = messages.getFirst();
    return requests
        .refusal(message)
        .orElseGet(() -> answers.read(http.send(requests.send(message))));
  }
}
