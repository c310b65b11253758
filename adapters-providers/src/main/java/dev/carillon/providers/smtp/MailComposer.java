package dev.carillon.providers.smtp;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.message.MessageRef;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.util.CRLFOutputStream;
import org.jspecify.annotations.Nullable;

/// Writes mails as they go over the wire (RFC 5322, RFC 2045), signed where there is a key.
final class MailComposer {
  private final SmtpConfig.Mail config;
  private final MailTokens tokens;
  private final @Nullable DkimSigning signing;
  private final InstantSource clock;
  private final Session session = Session.getInstance(new Properties());

  MailComposer(
      SmtpConfig.Mail config,
      MailTokens tokens,
      @Nullable DkimSigning signing,
      InstantSource clock) {
    this.config = config;
    this.tokens = tokens;
    this.signing = signing;
    this.clock = clock;
  }

  /// The mail of a message; empty when nobody can be named as its writer, or as who gets its
  /// answers.
  Optional<Mail> compose(OutboundMessage message, EmailContent content) {
    Optional<InternetAddress> from =
        MailAddresses.sender(content.from().isEmpty() ? config.from() : content.from());
    Optional<InternetAddress> replyTo = MailAddresses.sender(content.replyTo());
    boolean answerable = content.replyTo().isEmpty() || replyTo.isPresent();
    return from.filter(_ -> answerable)
        .map(writer -> compose(message, content, writer, replyTo.orElse(null)));
  }

  private Mail compose(
      OutboundMessage message,
      EmailContent content,
      InternetAddress from,
      @Nullable InternetAddress replyTo) {
    MessageRef ref = message.ref();
    String bounceAddress = config.bounceAddress();
    String token = tokens.token(ref);
    String id = token + "@" + domain(bounceAddress.isEmpty() ? from.getAddress() : bounceAddress);
    byte[] octets = written(letter(message, content, from, replyTo, id));
    return new Mail(
        bounceAddress.isEmpty() ? from.getAddress() : tokens.returnPath(bounceAddress, ref),
        message.address(),
        id,
        token,
        signing == null ? octets : signing.signed(octets));
  }

  private Letter letter(
      OutboundMessage message,
      EmailContent content,
      InternetAddress from,
      @Nullable InternetAddress replyTo,
      String id) {
    Letter letter = new Letter(session, id);
    try {
      letter.address(from, message.address(), replyTo);
      letter.date(clock.instant());
      letter.content(content);
      if (config.unsubscribe()) {
        Optional<URI> link = tokens.unsubscribe(message.ref());
        if (link.isPresent()) {
          letter.unsubscribe(link.get());
        }
      }
      letter.saveChanges();
      return letter;
    } catch (MessagingException e) {
      throw new IllegalStateException("a mail cannot be composed", e);
    }
  }

  private static byte[] written(Letter letter) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (CRLFOutputStream lines = new CRLFOutputStream(octets)) {
      letter.writeTo(lines);
      lines.flush();
      return octets.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessagingException e) {
      throw new IllegalStateException("a mail cannot be written", e);
    }
  }

  private static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }
}
