package dev.carillon.providers.smtp;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.SuppressionCause;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MailDateFormat;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads what mail systems report (RFC 3464) and what people complain of (RFC 5965). Only what
/// names a mail by a token that we made tells anything: everybody can write a bounce.
final class SmtpReceipts {
  /// RFC 3463, 2.
  private static final Pattern STATUS =
      Pattern.compile("([245])\\.(\\d{1,3}\\.\\d{1,3})(?:\\s.*)?");

  /// Where the address that a report came to may stand; what stands in To is written by the other
  /// side, and the others by our own.
  private static final List<String> ADDRESSED = List.of("Delivered-To", "X-Original-To", "To");

  private static final Pattern MAILBOX = Pattern.compile("[^\\s<>,;\"]{1,128}@[^\\s<>,;\"]{1,255}");

  /// More recipients than this a mail of ours has not.
  private static final int MOST_RECIPIENTS = 16;

  private final CarrierId carrier;
  private final MailTokens tokens;

  SmtpReceipts(CarrierId carrier, MailTokens tokens) {
    this.carrier = carrier;
    this.tokens = tokens;
  }

  /// What a mail tells; empty when it is no report, or none about a mail of ours. Never throws on
  /// any input.
  ///
  /// @param now where the report does not say when it happened
  List<Notice> read(byte[] mail, Instant now) {
    return Report.read(mail).map(report -> read(report, now)).orElse(List.of());
  }

  private List<Notice> read(Report report, Instant now) {
    Optional<MessageRef> ref = ref(report);
    if (ref.isEmpty()) {
      return List.of();
    }
    List<Notice> notices = new ArrayList<>();
    report.recipients().stream()
        .limit(MOST_RECIPIENTS)
        .forEach(recipient -> addFate(recipient, ref.get(), now, notices));
    if (isComplaint(report.feedback())) {
      notices.add(optOut(ref.get(), SuppressionCause.COMPLAINT, "", now));
    }
    return notices;
  }

  private Optional<MessageRef> ref(Report report) {
    return Stream.concat(
            report.names().flatMap(name -> tokens.read(name).stream()),
            ADDRESSED.stream()
                .flatMap(name -> report.own(name).stream())
                .flatMap(SmtpReceipts::mailboxes)
                .flatMap(address -> tokens.ofReturnPath(address).stream()))
        .findFirst();
  }

  private static Stream<String> mailboxes(String header) {
    return MAILBOX.matcher(header).results().map(found -> found.group());
  }

  /// RFC 3464, 2.3.3: what was done.
  private void addFate(
      InternetHeaders recipient, MessageRef ref, Instant now, List<Notice> notices) {
    Matcher status = STATUS.matcher(Report.value(recipient, "Status"));
    String code = status.matches() ? status.group(2) : "";
    SmtpErrorCodes line = SmtpErrorCodes.ofStatus(code);
    Instant at = time(Report.value(recipient, "Last-Attempt-Date"), now);
    switch (Report.value(recipient, "Action").toLowerCase(Locale.ROOT)) {
      case "failed" -> {
        String detail = code.isEmpty() ? "no status" : status.group(1) + "." + code;
        detail = detail + " " + line.meaning();
        notices.add(receipt(ref, ReceiptKind.UNDELIVERED, reason(line), detail, at));
        if (line.isHard() && status.group(1).equals("5")) {
          notices.add(optOut(ref, SuppressionCause.HARD_BOUNCE, detail, at));
        }
      }
      case "delivered" -> notices.add(receipt(ref, ReceiptKind.DELIVERED, null, "", at));
      // handed on to where no more will be told, or to several
      case "relayed", "expanded" -> notices.add(receipt(ref, ReceiptKind.SENT, null, "", at));
      // delayed: it goes on trying
      default -> {}
    }
  }

  /// Refusals of the carrier are none any more once it has taken the mail.
  private static Reason reason(SmtpErrorCodes line) {
    Reason reason = line.reason();
    return reason.isOfCarrier() || reason == Reason.CARRIER_REFUSED ? Reason.NOT_DELIVERED : reason;
  }

  private Notice receipt(
      MessageRef ref, ReceiptKind kind, @Nullable Reason reason, String detail, Instant at) {
    return new Notice.OfMessage(
        new Receipt(ref, kind, reason, detail, carrier, tokens.token(ref), at));
  }

  private Notice optOut(MessageRef ref, SuppressionCause cause, String detail, Instant at) {
    return new Notice.OfOptOut(new OptOut.OfMessage(carrier, ref, cause, detail, at));
  }

  /// RFC 5965, 7.3: fraud, virus and other are no wish of the recipient's, not-spam the contrary.
  private static boolean isComplaint(@Nullable InternetHeaders feedback) {
    return Report.value(feedback, "Feedback-Type").equalsIgnoreCase("abuse");
  }

  /// A clock that goes wrong there must not put anything into the future.
  private static Instant time(String date, Instant now) {
    try {
      Instant told = new MailDateFormat().parse(date).toInstant();
      return told.isAfter(now) ? now : told;
    } catch (ParseException unreadable) {
      return now;
    }
  }
}
