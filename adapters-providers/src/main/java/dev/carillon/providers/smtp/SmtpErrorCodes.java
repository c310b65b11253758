package dev.carillon.providers.smtp;

import dev.carillon.domain.delivery.Reason;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What relays and bounces say, one line per code with its meaning. Codes of two numbers are those
/// of RFC 3463 and of IANA's registry "SMTP Enhanced Status Codes", their class (4 for now, 5 for
/// good) left out; codes of three digits are those of RFC 5321, 4.2.3, and count where no other
/// came.
public enum SmtpErrorCodes {
  /// RFC 3463, 3.2: something about the address.
  ADDRESS("1.0", Reason.UNKNOWN_DESTINATION, false, "address status"),
  /// RFC 3463, 3.2.
  BAD_MAILBOX("1.1", Reason.UNKNOWN_DESTINATION, true, "no such mailbox"),
  /// RFC 3463, 3.2.
  BAD_DOMAIN("1.2", Reason.UNKNOWN_DESTINATION, true, "no such mail domain"),
  /// RFC 3463, 3.2.
  BAD_ADDRESS("1.3", Reason.INVALID_DESTINATION, true, "no address in its syntax"),
  /// RFC 3463, 3.2.
  AMBIGUOUS_ADDRESS("1.4", Reason.UNKNOWN_DESTINATION, false, "ambiguous address"),
  /// RFC 3463, 3.2.
  MOVED("1.6", Reason.UNKNOWN_DESTINATION, true, "mailbox has moved without a new address"),
  /// RFC 3463, 3.2.
  BAD_SENDER("1.7", Reason.SENDER_REFUSED, false, "sender's address has bad syntax"),
  /// RFC 3463, 3.2.
  BAD_SENDER_DOMAIN("1.8", Reason.SENDER_REFUSED, false, "sender's domain is bad"),
  /// RFC 7505, 4.2.
  NULL_MX("1.10", Reason.UNKNOWN_DESTINATION, true, "domain takes no mail"),
  /// RFC 3463, 3.3: something about the mailbox.
  MAILBOX("2.0", Reason.DESTINATION_UNREACHABLE, false, "mailbox status"),
  /// RFC 3463, 3.3.
  MAILBOX_DISABLED("2.1", Reason.DESTINATION_UNREACHABLE, false, "mailbox is disabled"),
  /// RFC 3463, 3.3.
  MAILBOX_FULL("2.2", Reason.DESTINATION_UNREACHABLE, false, "mailbox is full"),
  /// RFC 3463, 3.3.
  TOO_LONG_FOR_MAILBOX("2.3", Reason.CONTENT_REFUSED, false, "mail is longer than allowed"),
  /// RFC 3463, 3.3.
  LIST_EXPANSION("2.4", Reason.NOT_DELIVERED, false, "mailing list cannot be expanded"),
  /// RFC 3463, 3.4: something about the receiving system.
  SYSTEM("3.0", Reason.DESTINATION_UNREACHABLE, false, "mail system status"),
  /// RFC 3463, 3.4.
  SYSTEM_FULL("3.1", Reason.DESTINATION_UNREACHABLE, false, "mail system is full"),
  /// RFC 3463, 3.4.
  SYSTEM_NOT_ACCEPTING("3.2", Reason.DESTINATION_UNREACHABLE, false, "mail system takes nothing"),
  /// RFC 3463, 3.4.
  SYSTEM_INCAPABLE("3.3", Reason.CARRIER_REFUSED, false, "mail system lacks a feature"),
  /// RFC 3463, 3.4.
  TOO_BIG("3.4", Reason.CONTENT_REFUSED, false, "mail is too big for the system"),
  /// RFC 3463, 3.4.
  SYSTEM_MISCONFIGURED("3.5", Reason.DESTINATION_UNREACHABLE, false, "mail system is set up badly"),
  /// RFC 3463, 3.5: something about the way there.
  NETWORK("4.0", Reason.DESTINATION_UNREACHABLE, false, "network or routing status"),
  /// RFC 3463, 3.5.
  NO_ANSWER("4.1", Reason.DESTINATION_UNREACHABLE, false, "no answer from the host"),
  /// RFC 3463, 3.5.
  BAD_CONNECTION("4.2", Reason.DESTINATION_UNREACHABLE, false, "bad connection"),
  /// RFC 3463, 3.5.
  DIRECTORY_FAILURE("4.3", Reason.DESTINATION_UNREACHABLE, false, "directory server failure"),
  /// RFC 3463, 3.5.
  NO_ROUTE("4.4", Reason.DESTINATION_UNREACHABLE, false, "no route to the host"),
  /// RFC 3463, 3.5.
  CONGESTION("4.5", Reason.DESTINATION_UNREACHABLE, false, "mail system is congested"),
  /// RFC 3463, 3.5.
  LOOP("4.6", Reason.NOT_DELIVERED, false, "routing loop"),
  /// RFC 3463, 3.5.
  TIME_EXPIRED("4.7", Reason.DESTINATION_UNREACHABLE, false, "delivery time expired"),
  /// RFC 3463, 3.6: something about the protocol.
  PROTOCOL("5.0", Reason.CARRIER_REFUSED, false, "protocol status"),
  /// RFC 3463, 3.6.
  INVALID_COMMAND("5.1", Reason.CARRIER_REFUSED, false, "invalid command"),
  /// RFC 3463, 3.6.
  BAD_SYNTAX("5.2", Reason.CARRIER_REFUSED, false, "syntax error"),
  /// RFC 3463, 3.6.
  TOO_MANY_RECIPIENTS("5.3", Reason.CARRIER_REFUSED, false, "too many recipients"),
  /// RFC 3463, 3.6.
  BAD_ARGUMENTS("5.4", Reason.CARRIER_REFUSED, false, "invalid command arguments"),
  /// RFC 3463, 3.7: something about the content.
  CONTENT("6.0", Reason.CONTENT_REFUSED, false, "content status"),
  /// RFC 3463, 3.7.
  MEDIA("6.1", Reason.CONTENT_REFUSED, false, "media not supported"),
  /// RFC 3463, 3.7.
  CONVERSION("6.3", Reason.CONTENT_REFUSED, false, "conversion needed and not possible"),
  /// RFC 3463, 3.8: security or policy, which is not the recipient's fault.
  POLICY("7.0", Reason.ROUTE_REFUSED, false, "security or policy"),
  /// RFC 3463, 3.8.
  NOT_AUTHORIZED("7.1", Reason.ROUTE_REFUSED, false, "delivery not authorized"),
  /// RFC 3463, 3.8.
  EXPANSION_PROHIBITED("7.2", Reason.ROUTE_REFUSED, false, "list expansion prohibited"),
  /// RFC 4954, 6.
  BAD_CREDENTIALS("7.8", Reason.ACCOUNT_REFUSED, false, "credentials are invalid"),
  /// RFC 4954, 6.
  WEAK_MECHANISM("7.9", Reason.ACCOUNT_REFUSED, false, "log-in mechanism is too weak"),
  /// RFC 7372, 3.1.
  NO_PASSING_DKIM("7.20", Reason.SENDER_REFUSED, false, "no DKIM signature passes"),
  /// RFC 7372, 3.1.
  NO_ACCEPTABLE_DKIM("7.21", Reason.SENDER_REFUSED, false, "no acceptable DKIM signature"),
  /// RFC 7372, 3.1.
  NO_AUTHOR_DKIM("7.22", Reason.SENDER_REFUSED, false, "no DKIM signature of the author passes"),
  /// RFC 7372, 3.2.
  SPF_FAILED("7.23", Reason.SENDER_REFUSED, false, "SPF failed"),
  /// RFC 7372, 3.3.
  REVERSE_DNS_FAILED("7.25", Reason.SENDER_REFUSED, false, "reverse DNS failed"),
  /// RFC 7372, 3.4.
  AUTHENTICATION_FAILED("7.26", Reason.SENDER_REFUSED, false, "mail authentication failed"),
  /// RFC 7505, 4.2.
  SENDER_TAKES_NO_MAIL("7.27", Reason.SENDER_REFUSED, false, "sender's domain takes no mail"),
  /// RFC 5321, 4.2.3.
  NOT_AVAILABLE("421", Reason.CARRIER_UNREACHABLE, false, "service not available"),
  /// RFC 5321, 4.2.3.
  MAILBOX_BUSY("450", Reason.DESTINATION_UNREACHABLE, false, "mailbox not available now"),
  /// RFC 5321, 4.2.3.
  LOCAL_ERROR("451", Reason.DESTINATION_UNREACHABLE, false, "error in processing"),
  /// RFC 5321, 4.2.3.
  NO_STORAGE("452", Reason.CARRIER_UNREACHABLE, false, "not enough storage"),
  /// RFC 5321, 4.2.3.
  PARAMETERS("455", Reason.CARRIER_UNREACHABLE, false, "parameters not accepted now"),
  /// RFC 4954, 6: asked for at any command, so the account has to be put right.
  LOGIN_REQUIRED("530", Reason.ACCOUNT_REFUSED, false, "log-in required"),
  /// RFC 4954, 6.
  LOGIN_FAILED("535", Reason.ACCOUNT_REFUSED, false, "log-in failed"),
  /// RFC 5321, 4.2.3; also used for policy, so that it does not prove that the mailbox is not
  /// there.
  MAILBOX_UNAVAILABLE("550", Reason.UNKNOWN_DESTINATION, false, "mailbox not available"),
  /// RFC 5321, 4.2.3.
  NOT_LOCAL("551", Reason.UNKNOWN_DESTINATION, false, "user not local"),
  /// RFC 5321, 4.2.3.
  STORAGE_EXCEEDED("552", Reason.DESTINATION_UNREACHABLE, false, "storage allocation exceeded"),
  /// RFC 5321, 4.2.3.
  MAILBOX_NAME("553", Reason.INVALID_DESTINATION, false, "mailbox name not allowed"),
  /// RFC 5321, 4.2.3.
  TRANSACTION_FAILED("554", Reason.CARRIER_REFUSED, false, "transaction failed"),
  /// RFC 7504, 2.
  TAKES_NO_MAIL("556", Reason.UNKNOWN_DESTINATION, true, "domain takes no mail"),
  /// Whatever is listed nowhere.
  OTHER("", Reason.CARRIER_REFUSED, false, "refused");

  /// The relay ends the connection (RFC 5321, 3.8).
  static final int CLOSING = 421;

  private static final Map<String, SmtpErrorCodes> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(line -> line.code, Function.identity()));

  private final String code;
  private final Reason reason;
  private final boolean hard;
  private final String meaning;

  SmtpErrorCodes(String code, Reason reason, boolean hard, String meaning) {
    this.code = code;
    this.reason = reason;
    this.hard = hard;
    this.meaning = meaning;
  }

  /// The line of an enhanced code without its class; of its subject when the code itself is not
  /// listed, which RFC 3463, 2 asks for.
  static SmtpErrorCodes ofStatus(String status) {
    SmtpErrorCodes exact = BY_CODE.get(status);
    if (exact != null || status.isEmpty()) {
      return exact == null ? OTHER : exact;
    }
    return BY_CODE.getOrDefault(status.substring(0, status.indexOf('.')) + ".0", OTHER);
  }

  /// The line of a reply. That a log-in is asked for is said by its code alone: what stands beside
  /// it is the status of any policy.
  static SmtpErrorCodes of(SmtpReply reply) {
    SmtpErrorCodes basic = BY_CODE.getOrDefault(String.valueOf(reply.code()), OTHER);
    SmtpErrorCodes enhanced = ofStatus(reply.status());
    return enhanced == OTHER || basic.reason == Reason.ACCOUNT_REFUSED ? basic : enhanced;
  }

  /// What it means of a message.
  Reason reason() {
    return reason;
  }

  /// Whether it proves, said for good, that nobody can ever be reached there.
  boolean isHard() {
    return hard;
  }

  /// Whether it is about policy or security, and so about us as much as about the recipient.
  boolean isPolicy() {
    return code.startsWith("7.");
  }

  /// What it means, for people.
  String meaning() {
    return meaning;
  }
}
