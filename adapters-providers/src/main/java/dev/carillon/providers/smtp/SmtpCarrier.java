package dev.carillon.providers.smtp;

import dev.carillon.application.port.NoticeSink;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.recipient.SuppressionCause;
import dev.carillon.providers.ConnectedCarrier;
import dev.carillon.providers.OptOutTeller;
import dev.carillon.providers.callback.CallbackPlace;
import dev.carillon.providers.callback.Callbacks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Sends mails through a relay. A mail whose end the relay has not confirmed stays in doubt; before
/// that end it surely was not taken. What a relay takes is known by its Message-ID, and its bounces
/// name our reference.
public final class SmtpCarrier implements ConnectedCarrier {
  private static final DispatchOutcome NO_MAIL =
      new DispatchOutcome.Rejected(Reason.INVALID_CONTENT, "not a mail");

  private static final DispatchOutcome NO_WRITER =
      new DispatchOutcome.Rejected(
          Reason.INVALID_CONTENT, "from or reply_to is not one mail address");

  private final CarrierId id;
  private final SmtpConfig config;
  private final InstantSource clock;
  private final MailComposer composer;
  private final SmtpRelay relay;
  private final SmtpHandOver handOvers;
  private final OptOutTeller teller;
  private final @Nullable BounceMailbox mailbox;
  private final @Nullable Callbacks callbacks;

  /// @param config without problems
  /// @param sink where bounces go
  /// @param place where recipients unsubscribe, and the secret that tokens are made with
  public SmtpCarrier(
      CarrierId id, SmtpConfig config, NoticeSink sink, CallbackPlace place, InstantSource clock) {
    this.id = id;
    this.config = config;
    this.clock = clock;
    MailTokens tokens = new MailTokens(place);
    SmtpConfig.Dkim dkim = config.dkim();
    this.composer =
        new MailComposer(
            config.mail(), tokens, dkim == null ? null : new DkimSigning(dkim, clock), clock);
    this.relay = new SmtpRelay(config);
    this.handOvers = new SmtpHandOver(config.limits(), this::send, relay::close);
    this.teller = new OptOutTeller(id, sink);
    SmtpReceipts receipts = new SmtpReceipts(id, tokens);
    SmtpConfig.Mailbox box = config.mailbox();
    this.mailbox = box == null ? null : new BounceMailbox(id, box, receipts, sink, clock);
    SmtpConfig.Login handIn = config.handIn();
    this.callbacks = handIn == null ? null : new SmtpCallbacks(handIn, receipts, clock);
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
    return config.limits().window();
  }

  @Override
  public Duration answerTimeout() {
    return config.limits().answer();
  }

  @Override
  public Optional<Callbacks> callbacks() {
    return Optional.ofNullable(callbacks);
  }

  @Override
  public void start() {
    relay.start();
    if (mailbox != null) {
      mailbox.start();
    }
  }

  @Override
  public void submit(List<OutboundMessage> messages, HandOver handOver) {
    handOvers.submit(messages, handOver);
  }

  @Override
  public void close() {
    handOvers.close();
    if (mailbox != null) {
      mailbox.close();
    }
    teller.close();
  }

  private DispatchOutcome send(OutboundMessage message, BooleanSupplier mayGo) {
    if (!(message.content() instanceof EmailContent content)) {
      return NO_MAIL;
    }
    Optional<Mail> mail = composer.compose(message, content);
    if (mail.isEmpty()) {
      return NO_WRITER;
    }
    Delivery delivery = relay.deliver(mail.get(), mayGo);
    if (delivery.bounced() && delivery.outcome() instanceof DispatchOutcome.Rejected refusal) {
      teller.tell(
          new OptOut.OfMessage(
              id(),
              message.ref(),
              SuppressionCause.HARD_BOUNCE,
              refusal.detail(),
              clock.instant()));
    }
    return delivery.outcome();
  }
}
