package dev.carillon.providers.twilio;

import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.recipient.SuppressionCause;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What Twilio's error codes mean, in its answers and in its status callbacks: one line a code. The
/// source of each is its own page, `https://www.twilio.com/docs/api/errors/<code>`; what is not
/// here is a refusal without a better reason.
public enum TwilioErrorCodes {
  // the account as a whole: nothing gets through until somebody acts
  ACCOUNT_NOT_ACTIVE(10001, Meaning.STOP, Reason.ACCOUNT_REFUSED, "account is not active"),
  AUTHENTICATION(20003, Meaning.STOP, Reason.ACCOUNT_REFUSED, "credentials refused"),
  NOT_FOUND(20404, Meaning.STOP, Reason.ACCOUNT_REFUSED, "account not found"),
  CALLBACK_URL(21609, Meaning.STOP, Reason.ACCOUNT_REFUSED, "status callback URL refused"),
  NO_SERVICE(21701, Meaning.STOP, Reason.ACCOUNT_REFUSED, "messaging service does not exist"),
  EMPTY_SERVICE(21704, Meaning.STOP, Reason.ACCOUNT_REFUSED, "messaging service has no numbers"),
  SUSPENDED(30002, Meaning.STOP, Reason.ACCOUNT_REFUSED, "account suspended"),
  CHANNEL_AUTHENTICATION(63001, Meaning.STOP, Reason.ACCOUNT_REFUSED, "channel refused us"),
  // too much: surely not taken, and Twilio says so
  CONCURRENCY(20429, Meaning.BUSY, Reason.THROTTLED, "too many requests"),
  SENDER_RATE(14107, Meaning.BUSY, Reason.THROTTLED, "sender's rate exceeded"),
  SENDER_QUEUE(21611, Meaning.BUSY, Reason.THROTTLED, "sender's queue is full"),
  QUEUE(30001, Meaning.BUSY, Reason.THROTTLED, "queue overflow"),
  CONGESTION(30017, Meaning.BUSY, Reason.THROTTLED, "carrier network congestion"),
  A2P_RATE(30022, Meaning.BUSY, Reason.THROTTLED, "US A2P 10DLC rate exceeded"),
  A2P_DAY(30023, Meaning.BUSY, Reason.THROTTLED, "US A2P 10DLC daily cap reached"),
  CHANNEL_RATE(63018, Meaning.BUSY, Reason.THROTTLED, "channel's rate exceeded"),
  CHANNEL_DAY(63038, Meaning.BUSY, Reason.THROTTLED, "daily messages limit exceeded"),
  // it failed on its side, and a message may be on its way
  INTERNAL(20500, Meaning.DOUBT, Reason.CARRIER_UNREACHABLE, "internal server error"),
  UNAVAILABLE(20503, Meaning.DOUBT, Reason.CARRIER_UNREACHABLE, "service unavailable"),
  // the number written to
  INVALID_TO(21211, Meaning.REFUSE, Reason.UNKNOWN_DESTINATION, "invalid To number"),
  UNREACHED_TO(21214, Meaning.REFUSE, Reason.DESTINATION_UNREACHABLE, "To cannot be reached"),
  INVALID_NUMBER(21401, Meaning.REFUSE, Reason.UNKNOWN_DESTINATION, "invalid phone number"),
  MISSING_TO(21604, Meaning.REFUSE, Reason.UNKNOWN_DESTINATION, "To number missing"),
  UNSUBSCRIBED(21610, Meaning.REFUSE, Reason.DESTINATION_BLOCKED, "recipient unsubscribed"),
  NOT_MOBILE(21614, Meaning.REFUSE, Reason.UNKNOWN_DESTINATION, "To is no mobile number"),
  UNREACHABLE(30003, Meaning.REFUSE, Reason.DESTINATION_UNREACHABLE, "unreachable handset"),
  BLOCKED(30004, Meaning.REFUSE, Reason.DESTINATION_BLOCKED, "message blocked"),
  UNKNOWN_HANDSET(30005, Meaning.REFUSE, Reason.UNKNOWN_DESTINATION, "unknown handset"),
  LANDLINE(30006, Meaning.REFUSE, Reason.DESTINATION_UNREACHABLE, "landline or unreachable"),
  CHANNEL_TO(63003, Meaning.REFUSE, Reason.UNKNOWN_DESTINATION, "channel does not know To"),
  BLOCKED_BY_USER(63014, Meaning.REFUSE, Reason.DESTINATION_BLOCKED, "blocked by the recipient"),
  CHANNEL_RECIPIENT(63024, Meaning.REFUSE, Reason.UNKNOWN_DESTINATION, "invalid recipient"),
  CHANNEL_LIMITATION(63032, Meaning.REFUSE, Reason.DESTINATION_BLOCKED, "WhatsApp limitation"),
  // where it may be sent to
  REGION(21408, Meaning.REFUSE, Reason.ROUTE_REFUSED, "region not enabled"),
  UNVERIFIED(21608, Meaning.REFUSE, Reason.ROUTE_REFUSED, "To not verified for this account"),
  COMBINATION(21612, Meaning.REFUSE, Reason.ROUTE_REFUSED, "no route from From to To"),
  SANDBOX(63015, Meaning.REFUSE, Reason.ROUTE_REFUSED, "recipient is not in the sandbox"),
  // whom it comes from
  UNVERIFIED_FROM(21210, Meaning.REFUSE, Reason.SENDER_REFUSED, "From not verified"),
  INVALID_FROM(21212, Meaning.REFUSE, Reason.SENDER_REFUSED, "invalid From number"),
  FOREIGN_FROM(21601, Meaning.REFUSE, Reason.SENDER_REFUSED, "From is not capable of SMS"),
  MISSING_FROM(21603, Meaning.REFUSE, Reason.SENDER_REFUSED, "From missing"),
  INCAPABLE_FROM(21606, Meaning.REFUSE, Reason.SENDER_REFUSED, "From cannot send there"),
  NOT_OUR_FROM(21659, Meaning.REFUSE, Reason.SENDER_REFUSED, "From is no number of Twilio's"),
  OTHERS_FROM(21660, Meaning.REFUSE, Reason.SENDER_REFUSED, "From belongs to another account"),
  SILENT_FROM(21661, Meaning.REFUSE, Reason.SENDER_REFUSED, "From is not capable of SMS"),
  NO_FROM_LEFT(21703, Meaning.REFUSE, Reason.SENDER_REFUSED, "service has no number for it"),
  CHANNEL_PAIR(21910, Meaning.REFUSE, Reason.SENDER_REFUSED, "From and To of two channels"),
  UNPROVISIONED(30024, Meaning.REFUSE, Reason.SENDER_REFUSED, "numeric sender not provisioned"),
  TOLL_FREE(30032, Meaning.REFUSE, Reason.SENDER_REFUSED, "toll-free number not verified"),
  CAMPAIGN(30033, Meaning.REFUSE, Reason.SENDER_REFUSED, "US A2P 10DLC campaign suspended"),
  UNREGISTERED(30034, Meaning.REFUSE, Reason.SENDER_REFUSED, "US A2P 10DLC not registered"),
  GENERIC_SENDER(30042, Meaning.REFUSE, Reason.SENDER_REFUSED, "sender blocked as generic"),
  CHANNEL_FROM(63002, Meaning.REFUSE, Reason.SENDER_REFUSED, "channel does not know From"),
  NO_CHANNEL(63007, Meaning.REFUSE, Reason.SENDER_REFUSED, "no channel with that From"),
  CHANNEL_MISCONFIGURED(63008, Meaning.REFUSE, Reason.SENDER_REFUSED, "channel misconfigured"),
  // what it says
  MISSING_BODY(21602, Meaning.REFUSE, Reason.CONTENT_REFUSED, "body missing"),
  LONG_BODY(21605, Meaning.REFUSE, Reason.CONTENT_REFUSED, "body too long"),
  TOO_LONG(21617, Meaning.REFUSE, Reason.CONTENT_REFUSED, "body above 1,600 characters"),
  MISSING_CONTENT(21619, Meaning.REFUSE, Reason.CONTENT_REFUSED, "nothing to send"),
  MISSING_TEMPLATE(21654, Meaning.REFUSE, Reason.CONTENT_REFUSED, "ContentSid required"),
  BAD_TEMPLATE(21655, Meaning.REFUSE, Reason.CONTENT_REFUSED, "ContentSid invalid"),
  BAD_VARIABLES(21656, Meaning.REFUSE, Reason.CONTENT_REFUSED, "ContentVariables invalid"),
  LONG_PARAMETER(21658, Meaning.REFUSE, Reason.CONTENT_REFUSED, "parameter too long"),
  FILTERED(30007, Meaning.REFUSE, Reason.CONTENT_REFUSED, "message filtered"),
  TOO_BIG(30019, Meaning.REFUSE, Reason.CONTENT_REFUSED, "content above carrier's limit"),
  CHANNEL_CONTENT(63005, Meaning.REFUSE, Reason.CONTENT_REFUSED, "channel refused content"),
  CHANNEL_FORMAT(63006, Meaning.REFUSE, Reason.CONTENT_REFUSED, "content cannot be formatted"),
  CHANNEL_POLICY(63013, Meaning.REFUSE, Reason.CONTENT_REFUSED, "against channel's policy"),
  OUTSIDE_WINDOW(63016, Meaning.REFUSE, Reason.CONTENT_REFUSED, "outside window: use a template"),
  INVALID_CONTENT(63021, Meaning.REFUSE, Reason.CONTENT_REFUSED, "invalid content"),
  NO_TEMPLATE(63027, Meaning.REFUSE, Reason.CONTENT_REFUSED, "no template in that language"),
  PARAMETER_COUNT(63028, Meaning.REFUSE, Reason.CONTENT_REFUSED, "number of parameters differs"),
  PARAMETER_KIND(63030, Meaning.REFUSE, Reason.CONTENT_REFUSED, "unsupported parameter"),
  TEMPLATE_REJECTED(63040, Meaning.REFUSE, Reason.CONTENT_REFUSED, "template rejected"),
  TEMPLATE_PAUSED(63041, Meaning.REFUSE, Reason.CONTENT_REFUSED, "template paused"),
  TEMPLATE_DISABLED(63042, Meaning.REFUSE, Reason.CONTENT_REFUSED, "template disabled"),
  // anything else
  UNKNOWN(30008, Meaning.REFUSE, Reason.NOT_DELIVERED, "unknown error"),
  PRICE(30010, Meaning.REFUSE, Reason.CARRIER_REFUSED, "price above the maximum"),
  EXPIRED(30036, Meaning.REFUSE, Reason.NOT_DELIVERED, "validity period expired"),
  PROVIDER_TIMEOUT(30410, Meaning.REFUSE, Reason.NOT_DELIVERED, "provider timed out"),
  PUMPING(30450, Meaning.REFUSE, Reason.CARRIER_REFUSED, "SMS pumping protection"),
  FRAUD(30453, Meaning.REFUSE, Reason.CARRIER_REFUSED, "held to be fraudulent"),
  CHANNEL_FAILED(63009, Meaning.REFUSE, Reason.NOT_DELIVERED, "channel failed"),
  CHANNEL_INTERNAL(63010, Meaning.REFUSE, Reason.NOT_DELIVERED, "failed at Twilio"),
  CHANNEL_ERROR(63012, Meaning.REFUSE, Reason.NOT_DELIVERED, "channel's internal error"),
  CHANNEL_GENERIC(63023, Meaning.REFUSE, Reason.NOT_DELIVERED, "channel's generic error"),
  SAME_NUMBERS(63031, Meaning.REFUSE, Reason.CARRIER_REFUSED, "From and To are the same");

  private static final Map<Integer, TwilioErrorCodes> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(it -> it.code, it -> it));

  private final int code;
  private final Meaning meaning;
  private final Reason reason;
  private final String words;

  TwilioErrorCodes(int code, Meaning meaning, Reason reason, String words) {
    this.code = code;
    this.meaning = meaning;
    this.reason = reason;
    this.words = words;
  }

  /// The line of a code; empty when there is none.
  public static Optional<TwilioErrorCodes> of(long code) {
    return Optional.ofNullable(code == (int) code ? BY_CODE.get((int) code) : null);
  }

  /// Twilio's number for it.
  public int code() {
    return code;
  }

  /// Why a message did not get through.
  public Reason reason() {
    return reason;
  }

  /// The code and what it stands for, in our words: Twilio's own name the numbers.
  public String detail() {
    return code + " " + words;
  }

  /// Why the recipient must not be written to any more; empty when nothing says so.
  public Optional<SuppressionCause> suppression() {
    return switch (this) {
      case UNSUBSCRIBED -> Optional.of(SuppressionCause.STOP);
      case BLOCKED_BY_USER -> Optional.of(SuppressionCause.CARRIER_LIST);
      default -> Optional.empty();
    };
  }

  /// What it means for a message when it is the answer to its request.
  ///
  /// @param retryAfter how long the answer asks to wait, if it says so
  DispatchOutcome outcome(@Nullable Duration retryAfter) {
    return switch (meaning) {
      case REFUSE -> new DispatchOutcome.Rejected(reason, detail());
      case STOP -> new DispatchOutcome.Unreachable(reason, detail(), retryAfter);
      case BUSY -> new DispatchOutcome.Throttled(retryAfter);
      case DOUBT -> new DispatchOutcome.Unconfirmed(detail());
    };
  }

  /// What an answer with the code means.
  enum Meaning {
    /// This message is refused for good.
    REFUSE,
    /// All messages are, until somebody acts: none of them shall be burnt for it.
    STOP,
    /// Surely not taken, and may be brought again.
    BUSY,
    /// May have been taken.
    DOUBT
  }
}
