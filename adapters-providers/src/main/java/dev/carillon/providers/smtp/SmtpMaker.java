package dev.carillon.providers.smtp;

import dev.carillon.application.port.NoticeSink;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.providers.CarrierMaker;
import dev.carillon.providers.ConnectedCarrier;
import dev.carillon.providers.callback.CallbackPlace;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes carriers that speak SMTP.
final class SmtpMaker implements CarrierMaker<SmtpConfig> {
  private static final Logger logger = LoggerFactory.getLogger(SmtpMaker.class);

  private final NoticeSink sink;
  private final CallbackPlace place;
  private final InstantSource clock;

  SmtpMaker(NoticeSink sink, CallbackPlace place, InstantSource clock) {
    this.sink = sink;
    this.place = place;
    this.clock = clock;
  }

  @Override
  public ConnectedCarrier make(CarrierId id, SmtpConfig config) {
    boolean secret = !place.secret().isEmpty();
    if (!secret && (config.mailbox() != null || config.handIn() != null)) {
      logger.warn("{}: without callbacks.secret no bounce can be told from a forged one", id);
    }
    if (config.mail().unsubscribe() && (!secret || place.publicUrl() == null)) {
      logger.info(
          "{}: without callbacks.public-url and callbacks.secret no mail offers to unsubscribe",
          id);
    }
    return new SmtpCarrier(id, config, sink, place, clock);
  }
}
