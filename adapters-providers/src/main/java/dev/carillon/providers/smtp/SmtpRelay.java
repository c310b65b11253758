package dev.carillon.providers.smtp;

import dev.carillon.domain.delivery.DispatchOutcome;
import java.util.function.BooleanSupplier;

/// The relay. A mail goes to it at most once: only when a kept connection turns out to be gone
/// before anything was said of the mail, a new one is made for it.
final class SmtpRelay implements AutoCloseable {
  private final Cutter cutter = new Cutter();
  private final RelayConnections connections;

  /// Opens nothing.
  SmtpRelay(SmtpConfig config) {
    connections = new RelayConnections(new RelayConnector(config, cutter), config.limits());
  }

  /// From now on connections that rest too long are ended.
  void start() {
    connections.start();
  }

  /// Hands a mail over, and tells what came of it. Blocks as long as the limits say.
  ///
  /// @param mayGo asked when there is a connection, right before the mail is told of
  Delivery deliver(Mail mail, BooleanSupplier mayGo) {
    try {
      RelayConnection connection = connections.take();
      if (!mayGo.getAsBoolean()) {
        connections.giveBack(connection);
        return new Delivery(new DispatchOutcome.Withdrawn());
      }
      boolean kept = connection.mails() > 0;
      Exchange exchange = send(mail, connection);
      return kept && exchange.foundItGone()
          ? deliverAnew(mail, mayGo)
          : Delivery.of(exchange, mail.id());
    } catch (RelayUnavailable e) {
      return new Delivery(unavailable(e));
    }
  }

  private Delivery deliverAnew(Mail mail, BooleanSupplier mayGo) throws RelayUnavailable {
    RelayConnection connection = connections.takeNew();
    if (!mayGo.getAsBoolean()) {
      connections.giveBack(connection);
      return new Delivery(new DispatchOutcome.Withdrawn());
    }
    return Delivery.of(send(mail, connection), mail.id());
  }

  /// Breaks off what is under way, and ends all connections.
  @Override
  public void close() {
    cutter.close();
    connections.close();
  }

  private Exchange send(Mail mail, RelayConnection connection) {
    Exchange exchange = connection.send(mail);
    connections.giveBack(connection);
    return exchange;
  }

  private static DispatchOutcome unavailable(RelayUnavailable why) {
    Exchange exchange = why.exchange();
    return exchange == null
        ? DispatchOutcome.Unreachable.noContact(why.reason(), why.words())
        : SmtpAnswers.outcome(exchange, "");
  }
}
