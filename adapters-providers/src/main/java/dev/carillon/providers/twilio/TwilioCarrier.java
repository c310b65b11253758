package dev.carillon.providers.twilio;

import dev.carillon.application.port.NoticeSink;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.providers.ConnectedCarrier;
import dev.carillon.providers.OptOutTeller;
import dev.carillon.providers.callback.CallbackPlace;
import dev.carillon.providers.callback.Callbacks;
import dev.carillon.providers.http.CarrierHttp;
import dev.carillon.providers.http.HttpHandOver;
import dev.carillon.providers.http.HttpLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives messages to Twilio, one request each, and takes its calls. Its receipts name our
/// reference.
public final class TwilioCarrier implements ConnectedCarrier {
  /// For asking; it never competes with sending.
  private static final int ASKING_CONNECTIONS = 2;

  /// A page of messages at their longest.
  private static final int LONGEST_PAGE = 1 << 20;

  private final CarrierId id;
  private final TwilioConfig config;
  private final CarrierHttp.Source source;
  private final OptOutTeller optOuts;
  private final InstantSource clock;
  private final TwilioRequests requests;
  private final TwilioAnswers answers;
  private final TwilioDoubts doubts = new TwilioDoubts();
  private final Callbacks callbacks;
  private volatile @Nullable Open open;

  /// @param config without problems
  /// @param place where Twilio can call us
  public TwilioCarrier(
      CarrierId id,
      TwilioConfig config,
      CallbackPlace place,
      CarrierHttp.Source source,
      NoticeSink sink,
      InstantSource clock) {
    this.id = id;
    this.config = config;
    this.source = source;
    this.optOuts = new OptOutTeller(id, sink);
    this.clock = clock;
    this.requests = new TwilioRequests(config, place.of(id).orElse(null), clock);
    this.answers = new TwilioAnswers(clock);
    this.callbacks = new TwilioCallbacks(id, config, clock);
  }

  @Override
  public CarrierId id() {
    return id;
  }

  @Override
  public Set<Channel> channels() {
    return config.channels();
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
  public Optional<Inquiry> inquiry() {
    Open now = open;
    return config.inquiry() && now != null ? Optional.of(now.inquiry) : Optional.empty();
  }

  @Override
  public synchronized void start() {
    if (open != null) {
      throw new IllegalStateException(id + " is started once");
    }
    CarrierHttp http = source.open(config.http());
    CarrierHttp asking = source.open(asking());
    open =
        new Open(
            new HttpHandOver(
                id.value(), config.handOver(), http, messages -> List.of(send(http, messages))),
            new TwilioInquiry(requests, doubts, asking, answerTimeout().dividedBy(2)),
            asking);
  }

  @Override
  public synchronized void close() {
    Open now = open;
    if (now != null) {
      now.handOver.close();
      now.asking.close();
      optOuts.close();
    }
  }

  @Override
  public void submit(List<OutboundMessage> messages, HandOver handOver) {
    Open now = open;
    if (now == null) {
      throw new IllegalStateException(id + " is not started");
    }
    now.handOver.submit(messages, handOver);
  }

  private DispatchOutcome send(CarrierHttp http, List<OutboundMessage> messages) {
    OutboundMessage message = messages.getFirst();
    Optional<DispatchOutcome> refusal = requests.refusal(message);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Instant from = clock.instant();
    TwilioAnswers.Reading reading = answers.read(http.send(requests.send(message)));
    remember(message, reading.outcome(), from);
    suppress(message, reading);
    return reading.outcome();
  }

  private void remember(OutboundMessage message, DispatchOutcome outcome, Instant from) {
    if (!config.inquiry()) {
      return;
    }
    switch (outcome) {
      case DispatchOutcome.Unconfirmed _ -> doubts.add(message, from, clock.instant());
      case DispatchOutcome.Accepted accepted -> doubts.isTaken(accepted.carrierMessageId());
      default -> {}
    }
  }

  private void suppress(OutboundMessage message, TwilioAnswers.Reading reading) {
    TwilioErrorCodes code = reading.code();
    if (code != null) {
      code.suppression()
          .ifPresent(cause ->
              optOuts.tell(
                  new OptOut.OfMessage(
                      id(), message.ref(), cause, code.detail(), clock.instant())));
    }
  }

  /// Asking as a whole ends within an answer time-out: half of it to begin requests, half for the
  /// last of them.
  private HttpLimits asking() {
    HttpLimits sending = config.http();
    Duration part = answerTimeout().dividedBy(8);
    Duration connect = sending.connect().compareTo(part) < 0 ? sending.connect() : part;
    return new HttpLimits(ASKING_CONNECTIONS, connect, part.multipliedBy(2), LONGEST_PAGE);
  }

  /// What there is while it is open.
  private record Open(HttpHandOver handOver, TwilioInquiry inquiry, CarrierHttp asking) {}
}
