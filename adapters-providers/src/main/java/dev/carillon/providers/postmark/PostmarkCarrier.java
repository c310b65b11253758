package dev.carillon.providers.postmark;

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
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives mails to Postmark, many with one request, and takes its calls. Its receipts name our
/// reference.
public final class PostmarkCarrier implements ConnectedCarrier {
  /// For asking; it never competes with sending.
  private static final int ASKING_CONNECTIONS = 2;

  private static final int LONGEST_ANSWER = 1 << 20;

  private final CarrierId id;
  private final PostmarkConfig config;
  private final CarrierHttp.Source source;
  private final NoticeSink sink;
  private final InstantSource clock;
  private final PostmarkRequests requests;
  private final PostmarkAnswers answers;
  private final @Nullable Callbacks callbacks;
  private volatile @Nullable Open open;

  /// @param config without problems
  /// @param place where recipients unsubscribe
  public PostmarkCarrier(
      CarrierId id,
      PostmarkConfig config,
      CallbackPlace place,
      CarrierHttp.Source source,
      NoticeSink sink,
      InstantSource clock) {
    this.id = id;
    this.config = config;
    this.source = source;
    this.sink = sink;
    this.clock = clock;
    this.requests = new PostmarkRequests(config, place);
    this.answers = new PostmarkAnswers(clock);
    PostmarkConfig.Webhook webhook = config.webhook();
    this.callbacks =
        webhook == null ? null : new PostmarkCallbacks(webhook, new PostmarkReceipts(id), clock);
  }

  @Override
  public CarrierId id() {
    return id;
  }

  @Override
  public Set<Channel> channels() {
    return Set.of(Channel.EMAIL);
  }

  @Override
  public int window() {
    return config.window();
  }

  @Override
  public Duration answerTimeout() {
    return config.handOver().answerTimeout(config.http()).plus(Batches.PATIENCE);
  }

  @Override
  public Optional<Callbacks> callbacks() {
    return Optional.ofNullable(callbacks);
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
    OptOutTeller teller = new OptOutTeller(id, sink);
    Batches batches = new Batches(requests, answers, http, System::nanoTime);
    open =
        new Open(
            new HttpHandOver(
                id.value(), config.handOver(), http, messages -> send(batches, teller, messages)),
            new PostmarkInquiry(requests, asking, answerTimeout().dividedBy(2)),
            asking,
            teller);
  }

  @Override
  public synchronized void close() {
    Open now = open;
    if (now != null) {
      now.handOver.close();
      now.asking.close();
      now.teller.close();
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

  private List<DispatchOutcome> send(
      Batches batches, OptOutTeller teller, List<OutboundMessage> messages) {
    List<PostmarkAnswers.Result> results = batches.send(messages);
    for (int i = 0; i < results.size(); i++) {
      suppress(teller, messages.get(i), results.get(i));
    }
    return results.stream().map(PostmarkAnswers.Result::outcome).toList();
  }

  private void suppress(
      OptOutTeller teller, OutboundMessage message, PostmarkAnswers.Result result) {
    PostmarkErrorCodes code = result.code();
    if (code != null && result.outcome() instanceof DispatchOutcome.Rejected refusal) {
      code.suppression()
          .map(cause ->
              new OptOut.OfMessage(id(), message.ref(), cause, refusal.detail(), clock.instant()))
          .ifPresent(teller::tell);
    }
  }

  /// Asking as a whole ends within an answer time-out: half of it to begin requests, half for the
  /// last of them.
  private HttpLimits asking() {
    Duration part = answerTimeout().dividedBy(8);
    Duration connect = config.http().connect();
    return new HttpLimits(
        ASKING_CONNECTIONS,
        connect.compareTo(part) < 0 ? connect : part,
        part.multipliedBy(2),
        LONGEST_ANSWER);
  }

  /// What there is while it is open.
  private record Open(
      HttpHandOver handOver, PostmarkInquiry inquiry, CarrierHttp asking, OptOutTeller teller) {}
}
