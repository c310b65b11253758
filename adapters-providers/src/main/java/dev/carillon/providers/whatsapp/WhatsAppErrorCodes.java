package dev.carillon.providers.whatsapp;

import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What Meta's error codes mean, in answers and in webhooks: one line a code. The source of all is
/// <https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes>,
/// which asks to go by the code and by nothing else; what is not here is a refusal without a better
/// reason.
public enum WhatsAppErrorCodes {
  // the account or its number as a whole: nothing gets through until somebody acts
  AUTHENTICATION(0, Meaning.STOP, Reason.ACCOUNT_REFUSED, "app user not authenticated"),
  CAPABILITY(3, Meaning.STOP, Reason.ACCOUNT_REFUSED, "capability or permission missing"),
  PERMISSION(10, Meaning.STOP, Reason.ACCOUNT_REFUSED, "permission not granted"),
  NUMBER_DELETED(33, Meaning.STOP, Reason.ACCOUNT_REFUSED, "business number deleted"),
  TOKEN(190, Meaning.STOP, Reason.ACCOUNT_REFUSED, "access token expired"),
  API_PERMISSION(200, Meaning.STOP, Reason.ACCOUNT_REFUSED, "API permission not granted"),
  POLICY(368, Meaning.STOP, Reason.ACCOUNT_REFUSED, "blocked for policy violations"),
  ACCESS(131005, Meaning.STOP, Reason.ACCOUNT_REFUSED, "access denied"),
  LOCKED(131031, Meaning.STOP, Reason.ACCOUNT_REFUSED, "account locked"),
  DISPLAY_NAME(131037, Meaning.STOP, Reason.ACCOUNT_REFUSED, "display name not approved"),
  PAYMENT(131042, Meaning.STOP, Reason.ACCOUNT_REFUSED, "payment issue"),
  CERTIFICATE(131045, Meaning.STOP, Reason.ACCOUNT_REFUSED, "number's certificate is wrong"),
  UNREGISTERED(133010, Meaning.STOP, Reason.ACCOUNT_REFUSED, "number not registered"),
  // too much: not taken
  CALLS(4, Meaning.BUSY, Reason.THROTTLED, "app's rate limit reached"),
  ACCOUNT_RATE(80007, Meaning.BUSY, Reason.THROTTLED, "account's rate limit reached"),
  THROUGHPUT(130429, Meaning.BUSY, Reason.THROTTLED, "throughput reached"),
  SPAM(131048, Meaning.LONG_BUSY, Reason.THROTTLED, "number restricted for its quality"),
  // too much for this recipient: not taken, while others are
  PAIR(131056, Meaning.PAIR, Reason.THROTTLED, "too many to this recipient"),
  MARKETING(131049, Meaning.LONG_PAIR, Reason.THROTTLED, "recipient has had enough marketing"),
  // it failed on its side; 131000 alone says that the message failed to send
  API_UNKNOWN(1, Meaning.LATER, Reason.CARRIER_UNREACHABLE, "unknown error of the API"),
  API_SERVICE(2, Meaning.LATER, Reason.CARRIER_UNREACHABLE, "API down or overloaded"),
  SOMETHING(131000, Meaning.LATER, Reason.CARRIER_UNREACHABLE, "something went wrong"),
  SERVICE(131016, Meaning.LATER, Reason.CARRIER_UNREACHABLE, "service unavailable"),
  MAINTENANCE(131057, Meaning.LATER, Reason.CARRIER_UNREACHABLE, "account in maintenance"),
  SERVER(133004, Meaning.LATER, Reason.CARRIER_UNREACHABLE, "server unavailable"),
  // whom it goes to
  UNDELIVERABLE(131026, Meaning.REFUSE, Reason.DESTINATION_UNREACHABLE, "undeliverable"),
  OPTED_OUT(131050, Meaning.REFUSE, Reason.DESTINATION_BLOCKED, "recipient stopped marketing"),
  EXPERIMENT(130472, Meaning.REFUSE, Reason.DESTINATION_BLOCKED, "recipient in an experiment"),
  SAME_NUMBER(131021, Meaning.REFUSE, Reason.CARRIER_REFUSED, "recipient is the sender"),
  NOT_ALLOWED(131030, Meaning.REFUSE, Reason.ROUTE_REFUSED, "recipient not in allowed list"),
  COUNTRY(130497, Meaning.REFUSE, Reason.ROUTE_REFUSED, "account restricted in this country"),
  // what it says
  WINDOW(131047, Meaning.REFUSE, Reason.CONTENT_REFUSED, "24 hours over: use a template"),
  KIND(131051, Meaning.REFUSE, Reason.CONTENT_REFUSED, "unsupported message type"),
  PARAMETER_COUNT(132000, Meaning.REFUSE, Reason.CONTENT_REFUSED, "parameter count differs"),
  NO_TEMPLATE(132001, Meaning.REFUSE, Reason.CONTENT_REFUSED, "template does not exist"),
  LONG_TEMPLATE(132005, Meaning.REFUSE, Reason.CONTENT_REFUSED, "template text too long"),
  TEMPLATE_POLICY(132007, Meaning.REFUSE, Reason.CONTENT_REFUSED, "template against policy"),
  PARAMETER_FORMAT(132012, Meaning.REFUSE, Reason.CONTENT_REFUSED, "parameter format differs"),
  TEMPLATE_PAUSED(132015, Meaning.REFUSE, Reason.CONTENT_REFUSED, "template paused"),
  TEMPLATE_DISABLED(132016, Meaning.REFUSE, Reason.CONTENT_REFUSED, "template disabled"),
  FLOW_BLOCKED(132068, Meaning.REFUSE, Reason.CONTENT_REFUSED, "flow blocked"),
  FLOW_THROTTLED(132069, Meaning.REFUSE, Reason.CONTENT_REFUSED, "flow throttled"),
  // anything else
  PARAMETER(100, Meaning.REFUSE, Reason.CARRIER_REFUSED, "invalid parameter"),
  MISSING(131008, Meaning.REFUSE, Reason.CARRIER_REFUSED, "parameter missing"),
  VALUE(131009, Meaning.REFUSE, Reason.CARRIER_REFUSED, "parameter value not valid"),
  GENERIC(135000, Meaning.REFUSE, Reason.CARRIER_REFUSED, "generic user error");

  /// One message in 6 s to one recipient
  /// (<https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput>).
  private static final Duration PAIR_WAIT = Duration.ofSeconds(6);

  /// Meta says of these not to come back soon, and not when.
  private static final Duration LONG_WAIT = Duration.ofHours(1);

  /// Codes 200 to 299 are one.
  private static final int LAST_API_PERMISSION = 299;

  private static final Map<Integer, WhatsAppErrorCodes> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(it -> it.code, it -> it));

  private final int code;
  private final Meaning meaning;
  private final Reason reason;
  private final String words;

  WhatsAppErrorCodes(int code, Meaning meaning, Reason reason, String words) {
    this.code = code;
    this.meaning = meaning;
    this.reason = reason;
    this.words = words;
  }

  /// The line of a code; empty when there is none.
  public static Optional<WhatsAppErrorCodes> of(long code) {
    if (code > API_PERMISSION.code && code <= LAST_API_PERMISSION) {
      return Optional.of(API_PERMISSION);
    }
    return Optional.ofNullable(code == (int) code ? BY_CODE.get((int) code) : null);
  }

  /// Meta's number for it; the first where it has several.
  public int code() {
    return code;
  }

  /// Why a message did not get through.
  public Reason reason() {
    return reason;
  }

  /// The code and what it stands for, in our words: Meta's own may say more than may be kept.
  public String detail() {
    return code + " " + words;
  }

  /// Whether it is proof that the message was not sent even beside a failure of the whole request
  /// on Meta's side: all but those that only tell of such a failure.
  boolean saysNothingWasSent() {
    return meaning != Meaning.LATER || this == SOMETHING;
  }

  /// What it means for a message when it is the answer to its request.
  ///
  /// @param retryAfter how long the answer asks to wait, if it says so
  DispatchOutcome outcome(@Nullable Duration retryAfter) {
    return switch (meaning) {
      case REFUSE -> new DispatchOutcome.Rejected(reason, detail());
      case STOP, LATER -> new DispatchOutcome.Unreachable(reason, detail(), retryAfter);
      case BUSY -> new DispatchOutcome.Throttled(retryAfter);
      case LONG_BUSY -> new DispatchOutcome.Throttled(or(retryAfter, LONG_WAIT));
      case PAIR -> new DispatchOutcome.Unreachable(reason, detail(), or(retryAfter, PAIR_WAIT));
      case LONG_PAIR ->
          new DispatchOutcome.Unreachable(reason, detail(), or(retryAfter, LONG_WAIT));
    };
  }

  private static Duration or(@Nullable Duration asked, Duration otherwise) {
    return asked == null ? otherwise : asked;
  }

  /// What an answer with the code means.
  enum Meaning {
    /// This message is refused for good.
    REFUSE,
    /// All messages are, until somebody acts: none of them shall be burnt for it.
    STOP,
    /// Not taken, and may be brought again.
    BUSY,
    /// The same, but not soon.
    LONG_BUSY,
    /// Not taken for this recipient, which does not slow others down.
    PAIR,
    /// The same, but not soon.
    LONG_PAIR,
    /// Not taken, and worth another attempt.
    LATER
  }
}
