package dev.carillon.providers.smtp;

import dev.carillon.domain.content.EmailContent;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A mail that is being written. Keeps the Message-ID it is given.
final class Letter extends MimeMessage {
  private static final String CHARSET = StandardCharsets.UTF_8.name();
  private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

  /// RFC 8058, 3.1.
  private static final String UNSUBSCRIBE = "List-Unsubscribe";

  private static final String UNSUBSCRIBE_POST = "List-Unsubscribe-Post";

  /// What it has of its own, and what only one of may be there (RFC 5322, 3.6).
  private static final Set<String> OWN_HEADERS = Set.of("message-id", "date");

  private final String id;

  /// @param id without angle brackets
  Letter(Session session, String id) {
    super(session);
    this.id = id;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", "<" + id + ">");
  }

  void address(InternetAddress from, String to, @Nullable InternetAddress replyTo)
      throws MessagingException {
    setFrom(from);
    InternetAddress recipient = new InternetAddress();
    recipient.setAddress(to);
    setRecipient(Message.RecipientType.TO, recipient);
    if (replyTo != null) {
      setReplyTo(new InternetAddress[] {replyTo});
    }
  }

  void date(Instant at) throws MessagingException {
    setSentDate(Date.from(at));
  }

  void content(EmailContent content) throws MessagingException {
    setSubject(content.subject(), CHARSET);
    for (Map.Entry<String, String> header : content.headers().entrySet()) {
      if (!OWN_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        setHeader(header.getKey(), encoded(header.getKey(), header.getValue()));
      }
    }
    if (content.html().isBlank()) {
      setText(lines(content.text()), CHARSET, "plain");
    } else if (content.text().isBlank()) {
      setText(lines(content.html()), CHARSET, "html");
    } else {
      // RFC 2046, 5.1.4: the richest last
      setContent(
          new MimeMultipart(
              "alternative", part(content.text(), "plain"), part(content.html(), "html")));
    }
  }

  /// Where its recipient unsubscribes by one click (RFC 8058), unless it says already where.
  void unsubscribe(URI link) throws MessagingException {
    if (getHeader(UNSUBSCRIBE) == null) {
      setHeader(UNSUBSCRIBE, "<" + link + ">");
      setHeader(UNSUBSCRIBE_POST, "List-Unsubscribe=One-Click");
    }
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(lines(text), CHARSET, subtype);
    return part;
  }

  private static String lines(String text) {
    return LINE_END.matcher(text).replaceAll("\r\n");
  }

  private static String encoded(String name, String value) {
    try {
      return MimeUtility.fold(name.length() + 2, MimeUtility.encodeText(value, CHARSET, null));
    } catch (UnsupportedEncodingException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
