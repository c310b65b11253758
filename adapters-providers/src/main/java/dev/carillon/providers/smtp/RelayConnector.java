package dev.carillon.providers.smtp;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.Socket;
import java.util.Properties;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Makes connections to the relay.
final class RelayConnector {
  private final SmtpConfig config;
  private final Cutter cutter;
  private final SSLSocketFactory tls;
  private final Session session;
  private final OwnName ownName = new OwnName();

  RelayConnector(SmtpConfig config, Cutter cutter) {
    this.config = config;
    this.cutter = cutter;
    this.tls = config.server().tls();
    this.session = Session.getInstance(properties());
  }

  /// Makes a connection.
  ///
  /// @throws RelayUnavailable when there is none to be had
  RelayConnection connect() throws RelayUnavailable {
    PasswordAuthentication login = login();
    TimedSocket socket = new TimedSocket(cutter, config.limits());
    ObservedTransport transport =
        new ObservedTransport(session, socket.socket(), socket::confirming, login);
    socket.connecting();
    try {
      socket.connect(config.server().host(), config.server().port());
      transport.setLocalHost(greeting(socket.socket()));
      transport.connect(secured(socket.socket()));
      return new RelayConnection(session, transport, socket, config.mail().receipts());
    } catch (IOException | RuntimeException e) {
      throw failed(socket, new RelayUnavailable(e.getClass().getSimpleName()));
    } catch (AuthenticationFailedException e) {
      throw failed(socket, notLoggedIn(transport.exchange()));
    } catch (MessagingException e) {
      throw failed(socket, new RelayUnavailable(transport.exchange(), e));
    } finally {
      socket.rest();
    }
  }

  private Socket secured(BoundedSocket plain) throws IOException {
    if (config.server().security() != SmtpServer.Security.TLS) {
      return plain;
    }
    SSLSocket secured =
        (SSLSocket) tls.createSocket(plain, config.server().host(), config.server().port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  /// https://eclipse-ee4j.github.io/angus-mail, package org.eclipse.angus.mail.smtp.
  private Properties properties() {
    SmtpServer.Security security = config.server().security();
    Properties properties = new Properties();
    SmtpConfig.Login login = config.login();
    properties.put("mail.smtp.auth", String.valueOf(login != null));
    if (login != null) {
      properties.put("mail.smtp.auth.mechanisms", login.mechanisms());
    }
    properties.put(
        "mail.smtp.starttls.enable",
        String.valueOf(
            security == SmtpServer.Security.STARTTLS
                || security == SmtpServer.Security.OPPORTUNISTIC));
    properties.put(
        "mail.smtp.starttls.required", String.valueOf(security == SmtpServer.Security.STARTTLS));
    properties.put("mail.smtp.ssl.socketFactory", tls);
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.quitwait", "false");
    return properties;
  }

  /// Read anew each time: a token is good for a while only.
  private @Nullable PasswordAuthentication login() throws RelayUnavailable {
    SmtpConfig.Login login = config.login();
    if (login == null) {
      return null;
    }
    try {
      return new PasswordAuthentication(login.user(), login.secret());
    } catch (IOException e) {
      throw RelayUnavailable.withoutToken(e);
    }
  }

  private String greeting(Socket socket) {
    String set = config.server().ownName();
    return set.isEmpty() ? ownName.within(config.limits().connect().dividedBy(4), socket) : set;
  }

  private static RelayUnavailable failed(TimedSocket socket, RelayUnavailable why) {
    socket.close();
    return why;
  }

  /// A relay that refuses the log-in without a readable reply still refuses it. One that asks for
  /// more refuses a token so (https://developers.google.com/gmail/imap/xoauth2-protocol).
  private static RelayUnavailable notLoggedIn(Exchange exchange) {
    SmtpReply reply = exchange.reply();
    if (exchange.stage() == Stage.CONNECT && reply != null && reply.isPositive()) {
      return RelayUnavailable.withoutMechanism();
    }
    boolean said =
        reply != null && (reply.isPermanent() || reply.isTransient() || reply.isIntermediate());
    return new RelayUnavailable(new Exchange(Stage.LOGIN, said ? reply : null));
  }
}
