package dev.carillon.providers.smtp;

import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What an exchange with a relay means for its message. Details hold the relay's numbers and never
/// its words, which often repeat the address.
final class SmtpAnswers {
  /// A recipient's host that does not know us yet takes the mail when it comes again after a while
  /// (RFC 6647, section 2.2); five minutes is what such hosts commonly ask for (Postgrey's
  /// default).
  private static final Duration GREYLISTED = Duration.ofMinutes(5);

  private SmtpAnswers() {}

  /// @param id that the message is known by, if it was taken
  static DispatchOutcome outcome(Exchange exchange, String id) {
    SmtpReply reply = exchange.reply();
    if (exchange.stage() == Stage.END) {
      return atTheEnd(reply, id);
    }
    if (reply != null && reply.isPermanent()) {
      return refused(reply, exchange.stage());
    }
    if (reply != null && reply.isIntermediate() && exchange.stage() == Stage.LOGIN) {
      return new DispatchOutcome.Unreachable(
          Reason.ACCOUNT_REFUSED, reply.numbers() + " the token is refused", null);
    }
    return reply != null && reply.isTransient()
        ? notNow(reply, exchange.stage())
        : lost(exchange.stage(), reply);
  }

  /// Whether an exchange proves that nobody can ever be reached there.
  static boolean isBounce(Exchange exchange) {
    SmtpReply reply = exchange.reply();
    return reply != null
        && reply.isPermanent()
        && (exchange.stage() == Stage.RECIPIENT || exchange.stage() == Stage.END)
        && SmtpErrorCodes.of(reply).isHard();
  }

  private static DispatchOutcome atTheEnd(@Nullable SmtpReply reply, String id) {
    if (reply == null) {
      return new DispatchOutcome.Unconfirmed("no answer to " + Stage.END.words());
    }
    if (reply.isPositive()) {
      return new DispatchOutcome.Accepted(id);
    }
    if (reply.isPermanent()) {
      return refused(reply, Stage.END);
    }
    return reply.isTransient()
        ? notNow(reply, Stage.END)
        : new DispatchOutcome.Unconfirmed("no readable answer to " + Stage.END.words());
  }

  private static DispatchOutcome refused(SmtpReply reply, Stage stage) {
    SmtpErrorCodes line = SmtpErrorCodes.of(reply);
    Reason reason = reason(line, stage);
    // Waiting for the operator is better than failing job after job.
    return reason == Reason.ACCOUNT_REFUSED || reason == Reason.CARRIER_UNREACHABLE
        ? new DispatchOutcome.Unreachable(reason, detail(reply, line, stage), null)
        : new DispatchOutcome.Rejected(reason, detail(reply, line, stage));
  }

  /// A code means something else by what it answers: a mailbox that is not available is the
  /// sender's where the sender was told, and after the data nobody speaks of mailboxes.
  private static Reason reason(SmtpErrorCodes line, Stage stage) {
    Reason listed = line.reason();
    if (listed == Reason.ACCOUNT_REFUSED || listed == Reason.SENDER_REFUSED) {
      return listed;
    }
    return switch (stage) {
      case CONNECT -> Reason.CARRIER_UNREACHABLE;
      case LOGIN -> Reason.ACCOUNT_REFUSED;
      case SENDER -> Reason.SENDER_REFUSED;
      case RECIPIENT, ANNOUNCEMENT, BODY -> listed;
      case END ->
          line.isPolicy() || listed == Reason.UNKNOWN_DESTINATION ? Reason.CONTENT_REFUSED : listed;
    };
  }

  private static DispatchOutcome notNow(SmtpReply reply, Stage stage) {
    SmtpErrorCodes line = SmtpErrorCodes.of(reply);
    boolean ofTheRecipient = stage == Stage.RECIPIENT || stage == Stage.END;
    if (line.isPolicy() && (!ofTheRecipient || reply.code() == SmtpErrorCodes.CLOSING)) {
      return new DispatchOutcome.Throttled(null);
    }
    String detail = detail(reply, line, stage);
    if (!ofTheRecipient || reply.code() == SmtpErrorCodes.CLOSING) {
      return new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, detail, null);
    }
    return new DispatchOutcome.Unreachable(
        transientReason(line), detail, line.isPolicy() ? GREYLISTED : null);
  }

  private static Reason transientReason(SmtpErrorCodes line) {
    return line.reason() == Reason.CARRIER_UNREACHABLE
        ? Reason.CARRIER_UNREACHABLE
        : Reason.DESTINATION_UNREACHABLE;
  }

  private static DispatchOutcome lost(Stage stage, @Nullable SmtpReply reply) {
    String what = reply == null ? "connection lost at " : "no readable answer to ";
    return new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, what + stage.words(), null);
  }

  private static String detail(SmtpReply reply, SmtpErrorCodes line, Stage stage) {
    return reply.numbers() + " " + line.meaning() + " (" + stage.words() + ")";
  }
}
