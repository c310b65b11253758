package dev.carillon.providers.smtp;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection to the relay, logged in. Used by one thread at a time.
final class RelayConnection implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(RelayConnection.class);

  private final Session session;
  private final ObservedTransport transport;
  private final TimedSocket socket;
  private final boolean deliveries;
  private int mails;
  private long lastUsed = System.nanoTime();
  private boolean broken;

  /// @param transport connected over the socket
  /// @param deliveries whether the relay is asked to tell of delivery too
  RelayConnection(
      Session session, ObservedTransport transport, TimedSocket socket, boolean deliveries) {
    this.session = session;
    this.transport = transport;
    this.socket = socket;
    this.deliveries = deliveries;
  }

  /// Hands a mail over, and tells how far that came.
  Exchange send(Mail mail) {
    mails++;
    socket.exchanging();
    transport.begin();
    try {
      RawMail raw = new RawMail(session, mail, transport.supportsExtension("DSN"), deliveries);
      transport.sendMessage(raw, new Address[] {address(mail.to())});
    } catch (MessagingException e) {
      // how far it came says more, and holds no address
      logger.debug("a mail was not taken: {}", e.getClass().getName());
    } catch (RuntimeException e) {
      broken = true;
      logger.warn("a mail failed within the library: {}", e.getClass().getName());
    } finally {
      socket.rest();
    }
    Exchange exchange = transport.exchange();
    lastUsed = System.nanoTime();
    broken |= !exchange.leavesItOpen();
    return exchange;
  }

  /// Mails that it was given.
  int mails() {
    return mails;
  }

  /// When it was used last, by the JVM's own clock.
  long lastUsed() {
    return lastUsed;
  }

  /// Whether it can be used, as far as is known here.
  boolean isWhole() {
    return !broken && !socket.isClosed();
  }

  /// Whether the relay still answers.
  boolean answers() {
    socket.connecting();
    try {
      return transport.isConnected();
    } finally {
      socket.rest();
    }
  }

  /// Ends it, politely where it is whole.
  @Override
  public void close() {
    socket.connecting();
    try {
      if (isWhole()) {
        transport.close();
      }
    } catch (MessagingException e) {
      logger.debug("a connection did not end well: {}", e.getClass().getName());
    } finally {
      socket.close();
    }
  }

  private static InternetAddress address(String text) {
    InternetAddress address = new InternetAddress();
    address.setAddress(text);
    return address;
  }
}
