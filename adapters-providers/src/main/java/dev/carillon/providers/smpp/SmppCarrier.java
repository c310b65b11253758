package dev.carillon.providers.smpp;

import dev.carillon.application.port.BindSlots;
import dev.carillon.application.port.NoticeSink;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.providers.ConnectedCarrier;
import dev.carillon.providers.smpp.SmppAddresses.SmppAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends SMS over SMPP 3.4. A message counts as taken when the centre has said so for each of its
/// parts; when an answer is lost, or the connection while one is awaited, it is in doubt. What
/// comes back is acknowledged once it is stored. Lost sessions are made anew for as long as it is
/// open.
public final class SmppCarrier implements ConnectedCarrier {
  private static final Logger log = LoggerFactory.getLogger(SmppCarrier.class);
  private static final Set<Channel> CHANNELS = Set.of(Channel.SMS);

  /// How much longer than the centre the house waits.
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private static final int LONGEST_WINDOW = 10_000;

  private final CarrierId id;
  private final SmppConfig config;
  private final InstantSource clock;
  private final SmppParts parts;
  private final SmppQueue queue;
  private final DoubtfulMessages doubtful = new DoubtfulMessages();
  private final SmppInbox inbox;
  private final SmppLinks links;

  /// @param config without problems
  /// @param sink where receipts go
  /// @param slots what bounds the binds of all nodes
  /// @param random where references of parts begin, and by how much waits differ
  public SmppCarrier(
      CarrierId id,
      SmppConfig config,
      NoticeSink sink,
      BindSlots slots,
      InstantSource clock,
      RandomGenerator random) {
    this.id = id;
    this.config = config;
    this.clock = clock;
    this.parts = new SmppParts(config.wording(), random);
    this.queue = new SmppQueue(config.limits().queue());
    SmppReceipts receipts = new SmppReceipts(id, config.receipts(), clock);
    this.inbox = new SmppInbox("smpp-" + id, receipts, doubtful, sink, config.limits().inbox());
    SmppPace pace = new SmppPace(config.limits().perSecond());
    SmppExchange exchange = new SmppExchange(id, config, queue, pace, doubtful, inbox::tell, clock);
    this.links = new SmppLinks(id, config, queue, pace, exchange, inbox, slots, random);
  }

  @Override
  public CarrierId id() {
    return id;
  }

  @Override
  public Set<Channel> channels() {
    return CHANNELS;
  }

  @Override
  public int window() {
    return Math.min(LONGEST_WINDOW, config.limits().window() * config.binds().sessions());
  }

  @Override
  public Duration answerTimeout() {
    return config.timing().answer().plus(MARGIN);
  }

  @Override
  public Optional<Inquiry> inquiry() {
    return config.query()
        ? Optional.of(new SmppInquiry(doubtful, config, links::anyGood))
        : Optional.empty();
  }

  @Override
  public void start() {
    inbox.start();
    links.start();
  }

  @Override
  public void close() {
    links.close();
    inbox.close();
  }

  @Override
  public void submit(List<OutboundMessage> messages, HandOver handOver) {
    long now = System.nanoTime();
    long answerBy = now + config.timing().answer().toNanos();
    // What is written late would have no time to be answered.
    long sendBy = now + config.timing().answer().toNanos() / 2;
    for (OutboundMessage message : messages) {
      try {
        submit(message, handOver, sendBy, answerBy);
      } catch (RuntimeException bug) {
        // It waits in no queue yet. The words may hold what it is about.
        log.error("carrier {}: a message cannot be made ready: {}", id, bug.getClass().getName());
        handOver.answer(message, refusal(Reason.SYSTEM_ERROR, "cannot be made ready"));
      }
    }
  }

  private void submit(OutboundMessage message, HandOver handOver, long sendBy, long answerBy) {
    Optional<DispatchOutcome> down = links.down(sendBy);
    if (down.isPresent()) {
      handOver.answer(message, down.get());
      return;
    }
    SmsContent content = (SmsContent) message.content();
    SmppAddress source = SmppAddresses.source(content.sender(), config.wording());
    if (!SmppAddresses.isFit(source)) {
      handOver.answer(message, refusal(Reason.SENDER_REFUSED, "no sender for SMPP"));
      return;
    }
    List<SmppPart> cut = parts.of(content.text());
    if (cut.size() > SmppParts.MOST) {
      handOver.answer(message, refusal(Reason.CONTENT_TOO_LONG, "more than 255 parts"));
      return;
    }
    Envelope envelope =
        new Envelope(
            source,
            SmppAddresses.destination(message.address(), config.wording()),
            SmppValidity.of(config.wording(), message.deadline(), clock.instant()));
    Submission submission = new Submission(message, handOver, envelope, cut, sendBy, answerBy);
    if (message.attempt() > 1) {
      doubtful.again(submission);
    }
    if (!queue.offer(new Parcel(submission, 0), sendBy)) {
      handOver.answer(message, links.noRoom());
    }
  }

  private static DispatchOutcome refusal(Reason reason, String detail) {
    return new DispatchOutcome.Rejected(reason, detail);
  }
}
