package dev.carillon.providers.smtp;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.jspecify.annotations.Nullable;

/// A report that a mail system wrote about a mail (RFC 6522): its own header, what it reports, and
/// the header of the mail it is about, as far as they are there.
///
/// @param status what became of recipients (RFC 3464); null where it tells nothing of that
/// @param feedback that somebody complained (RFC 5965); null where nobody did
/// @param returned header of the mail it is about; null where it is not there
record Report(
    MimeMessage message,
    @Nullable DeliveryStatus status,
    @Nullable InternetHeaders feedback,
    @Nullable InternetHeaders returned) {
  /// More parts than this no report has.
  private static final int MOST_PARTS = 16;

  private static final Session SESSION = Session.getInstance(new Properties());

  /// Reads a mail; empty when it is no report. Never throws on any input.
  static Optional<Report> read(byte[] mail) {
    try {
      MimeMessage message = new MimeMessage(SESSION, new ByteArrayInputStream(mail));
      return message.isMimeType("multipart/report") ? Optional.of(read(message)) : Optional.empty();
    } catch (MessagingException | IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  /// The values of a field of its own header; empty when there is none.
  List<String> own(String name) {
    try {
      String[] values = message.getHeader(name);
      return values == null ? List.of() : List.of(values);
    } catch (MessagingException unreadable) {
      return List.of();
    }
  }

  /// The first value of a field of a header, without the type that stands before it in reports,
  /// such as `rfc822;`; empty when there is none.
  static String value(@Nullable InternetHeaders headers, String name) {
    String value = headers == null ? null : headers.getHeader(name, null);
    if (value == null) {
      return "";
    }
    int type = value.indexOf(';');
    return value.substring(type + 1).strip();
  }

  /// What it reports of each recipient.
  List<InternetHeaders> recipients() {
    if (status == null) {
      return List.of();
    }
    List<InternetHeaders> recipients = new ArrayList<>();
    for (int i = 0; i < status.getRecipientDSNCount(); i++) {
      recipients.add(status.getRecipientDSN(i));
    }
    return recipients;
  }

  /// Everything by which it may name the mail that it is about.
  Stream<String> names() {
    return Stream.of(
            value(status == null ? null : status.getMessageDSN(), "Original-Envelope-Id"),
            value(feedback, "Original-Envelope-Id"),
            messageId())
        .filter(name -> !name.isEmpty());
  }

  private String messageId() {
    String id = value(returned, "Message-ID");
    int at = id.lastIndexOf('@');
    return id.startsWith("<") && at > 0 ? id.substring(1, at) : "";
  }

  private static Report read(MimeMessage message) throws MessagingException, IOException {
    Multipart parts = new MimeMultipart(message.getDataHandler().getDataSource());
    DeliveryStatus status = null;
    InternetHeaders feedback = null;
    InternetHeaders returned = null;
    int count = Math.min(parts.getCount(), MOST_PARTS);
    for (int i = 0; i < count; i++) {
      BodyPart part = parts.getBodyPart(i);
      try (InputStream in = part.getInputStream()) {
        switch (type(part)) {
          // RFC 6533, 4: the same in UTF-8
          case "message/delivery-status", "message/global-delivery-status" ->
              status = new DeliveryStatus(in);
          case "message/feedback-report" -> feedback = new InternetHeaders(in);
          case "message/rfc822",
              "text/rfc822-headers",
              "message/global",
              "message/global-headers" ->
              returned = new InternetHeaders(in);
          default -> {}
        }
      }
    }
    return new Report(message, status, feedback, returned);
  }

  private static String type(BodyPart part) throws MessagingException {
    String type = part.getContentType();
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}
