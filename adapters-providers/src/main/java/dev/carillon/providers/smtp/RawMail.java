package dev.carillon.providers.smtp;

import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/// Gives the library a mail that is written already: what was signed must not be made again.
final class RawMail extends SMTPMessage {
  private final byte[] octets;

  /// @param reports whether the relay knows what is asked for by RFC 3461
  RawMail(Session session, Mail mail, boolean reports, boolean deliveries) {
    super(session);
    this.octets = mail.octets();
    setEnvelopeFrom(mail.from());
    if (reports) {
      setMailExtension("ENVID=" + mail.envelopeId());
      setReturnOption(RETURN_HDRS);
      setNotifyOptions(deliveries ? NOTIFY_SUCCESS | NOTIFY_FAILURE : NOTIFY_FAILURE);
    }
  }

  @Override
  public void writeTo(OutputStream target, String[] ignored) throws IOException {
    target.write(octets);
  }

  /// The library asks for it to tell of its work.
  @Override
  public String getSubject() {
    return "";
  }
}
