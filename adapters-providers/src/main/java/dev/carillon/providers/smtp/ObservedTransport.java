package dev.carillon.providers.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/// Angus Mail's transport, which knows besides how far it has come and what the relay replied last:
/// its exceptions do not tell a mail that surely was not taken from one that may have been. What it
/// says to clean up (RSET, QUIT) and to ask (NOOP) changes nothing of that.
final class ObservedTransport extends SMTPTransport {
  private final BoundedSocket socket;
  private final Runnable beforeEnd;
  private final @Nullable PasswordAuthentication login;
  private Stage stage = Stage.CONNECT;
  private @Nullable SmtpReply reply;
  private boolean observing = true;

  /// @param socket connected; beneath TLS where there is TLS
  /// @param beforeEnd run right before the end of a mail's data is written
  /// @param login how to log in; null for not at all
  ObservedTransport(
      Session session,
      BoundedSocket socket,
      Runnable beforeEnd,
      @Nullable PasswordAuthentication login) {
    super(session, new URLName("smtp", null, -1, null, null, null), "smtp", false);
    this.socket = socket;
    this.beforeEnd = beforeEnd;
    this.login = login;
  }

  /// Logs in with what it was made with: what the library asks for it keeps for the next
  /// connection, and after a refusal it would make one of its own.
  @Override
  protected synchronized boolean protocolConnect(
      String host, int port, String user, String password) throws MessagingException {
    PasswordAuthentication with = login;
    return with == null
        ? super.protocolConnect(host, port, user, password)
        : super.protocolConnect(host, port, with.getUserName(), with.getPassword());
  }

  /// Forgets how far it came with the mail before.
  void begin() {
    stage = Stage.SENDER;
    reply = null;
    observing = false;
  }

  /// How far it came with what it was asked for last.
  Exchange exchange() {
    return new Exchange(stage, reply);
  }

  @Override
  protected void sendCommand(String command) throws MessagingException {
    socket.allowReply();
    observe(command);
    super.sendCommand(command);
  }

  @Override
  protected int readServerResponse() throws MessagingException {
    int code = super.readServerResponse();
    if (observing) {
      observing = false;
      // without a code it says that the connection has ended, or something that is no reply
      boolean ended = code == -1 && "[EOF]".equals(getLastServerResponse());
      reply = ended ? null : SmtpReply.of(code, getLastServerResponse());
    }
    return code;
  }

  @Override
  protected OutputStream data() throws MessagingException {
    OutputStream data = super.data();
    stage = Stage.BODY;
    reply = null;
    return data;
  }

  @Override
  protected void finishData() throws IOException, MessagingException {
    beforeEnd.run();
    super.finishData();
  }

  private void observe(String command) {
    Stage next = stage(command);
    observing = next != null;
    if (next != null) {
      stage = next;
      reply = null;
    }
  }

  private @Nullable Stage stage(String command) {
    int space = command.indexOf(' ');
    return switch (space < 0 ? command : command.substring(0, space)) {
      case "EHLO", "HELO", "STARTTLS" -> Stage.CONNECT;
      case "AUTH" -> Stage.LOGIN;
      case "MAIL" -> Stage.SENDER;
      case "RCPT" -> Stage.RECIPIENT;
      case "DATA" -> Stage.ANNOUNCEMENT;
      case "." -> Stage.END;
      case "RSET", "NOOP", "QUIT" -> null;
      // what follows AUTH is no command
      default -> stage;
    };
  }
}
