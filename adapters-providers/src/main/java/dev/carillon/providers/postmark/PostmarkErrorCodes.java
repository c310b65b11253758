package dev.carillon.providers.postmark;

import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.recipient.SuppressionCause;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What Postmark's codes mean, one line a code. Numbers are the `ErrorCode` of its answers
/// (<https://postmarkapp.com/developer/api/overview#error-codes>), names the `Type` of its bounces
/// (<https://postmarkapp.com/developer/api/bounce-api#bounce-types>). What is not here refuses a
/// message without a better reason.
public enum PostmarkErrorCodes {
  TAKEN("0", Meaning.TAKE, null, null, "taken"),
  // the account as a whole: nothing gets through until somebody acts
  BAD_TOKEN("10", Meaning.STOP, Reason.ACCOUNT_REFUSED, null, "bad or missing API token"),
  NO_CREDITS("405", Meaning.STOP, Reason.ACCOUNT_REFUSED, null, "not allowed to send"),
  PENDING("412", Meaning.STOP, Reason.ACCOUNT_REFUSED, null, "account is pending"),
  MAY_NOT_SEND("413", Meaning.STOP, Reason.ACCOUNT_REFUSED, null, "account may not send"),
  // surely not taken, and worth another try
  MAINTENANCE("100", Meaning.DOWN, Reason.CARRIER_UNREACHABLE, null, "maintenance"),
  RATE("429", Meaning.BUSY, Reason.THROTTLED, null, "rate limit exceeded"),
  // this message
  INVALID("300", Meaning.REFUSE, Reason.CARRIER_REFUSED, null, "invalid email request"),
  NO_SIGNATURE("400", Meaning.REFUSE, Reason.SENDER_REFUSED, null, "sender signature not found"),
  UNCONFIRMED_SIGNATURE(
      "401", Meaning.REFUSE, Reason.SENDER_REFUSED, null, "sender signature not confirmed"),
  INVALID_JSON("402", Meaning.REFUSE, Reason.CARRIER_REFUSED, null, "invalid JSON"),
  INCOMPATIBLE_JSON("403", Meaning.REFUSE, Reason.CARRIER_REFUSED, null, "incompatible JSON"),
  INACTIVE(
      "406",
      Meaning.REFUSE,
      Reason.DESTINATION_BLOCKED,
      SuppressionCause.CARRIER_LIST,
      "inactive recipient"),
  JSON_REQUIRED("409", Meaning.REFUSE, Reason.CARRIER_REFUSED, null, "JSON required"),
  TOO_MANY("410", Meaning.REFUSE, Reason.CARRIER_REFUSED, null, "too many batch messages"),
  ATTACHMENT("411", Meaning.REFUSE, Reason.CONTENT_REFUSED, null, "forbidden attachment type"),
  // bounces
  HARD_BOUNCE(
      "HardBounce",
      Meaning.BOUNCE,
      Reason.UNKNOWN_DESTINATION,
      SuppressionCause.HARD_BOUNCE,
      "hard bounce"),
  BAD_ADDRESS(
      "BadEmailAddress",
      Meaning.BOUNCE,
      Reason.UNKNOWN_DESTINATION,
      SuppressionCause.HARD_BOUNCE,
      "not a valid address"),
  SOFT_BOUNCE("SoftBounce", Meaning.BOUNCE, Reason.DESTINATION_UNREACHABLE, null, "soft bounce"),
  DNS_ERROR("DnsError", Meaning.BOUNCE, Reason.DESTINATION_UNREACHABLE, null, "DNS error"),
  SPAM_NOTIFICATION(
      "SpamNotification", Meaning.BOUNCE, Reason.CONTENT_REFUSED, null, "refused as spam"),
  VIRUS_NOTIFICATION(
      "VirusNotification", Meaning.BOUNCE, Reason.CONTENT_REFUSED, null, "refused as a virus"),
  BLOCKED("Blocked", Meaning.BOUNCE, Reason.CONTENT_REFUSED, null, "blocked by the provider"),
  MANUALLY_DEACTIVATED(
      "ManuallyDeactivated",
      Meaning.BOUNCE,
      Reason.DESTINATION_BLOCKED,
      SuppressionCause.CARRIER_LIST,
      "manually deactivated"),
  UNCONFIRMED("Unconfirmed", Meaning.BOUNCE, Reason.NOT_DELIVERED, null, "not confirmed"),
  SMTP_API_ERROR("SMTPApiError", Meaning.BOUNCE, Reason.NOT_DELIVERED, null, "SMTP API error"),
  DMARC("DMARCPolicy", Meaning.BOUNCE, Reason.NOT_DELIVERED, null, "refused by DMARC policy"),
  TEMPLATE(
      "TemplateRenderingFailed", Meaning.BOUNCE, Reason.NOT_DELIVERED, null, "template failed"),
  UNKNOWN_BOUNCE("Unknown", Meaning.BOUNCE, Reason.NOT_DELIVERED, null, "unclassified bounce"),
  // reported as bounces, and none: the mail arrived, or is still on its way
  SPAM_COMPLAINT("SpamComplaint", Meaning.NEWS, null, SuppressionCause.COMPLAINT, "spam complaint"),
  UNSUBSCRIBE("Unsubscribe", Meaning.NEWS, null, SuppressionCause.UNSUBSCRIBE, "unsubscribe"),
  SUBSCRIBE("Subscribe", Meaning.NEWS, null, null, "subscribe request"),
  TRANSIENT("Transient", Meaning.NEWS, null, null, "delayed"),
  AUTO_RESPONDER("AutoResponder", Meaning.NEWS, null, null, "automatic answer"),
  ADDRESS_CHANGE("AddressChange", Meaning.NEWS, null, null, "address change"),
  OPEN_RELAY_TEST("OpenRelayTest", Meaning.NEWS, null, null, "open relay test"),
  CHALLENGE("ChallengeVerification", Meaning.NEWS, null, null, "challenge to be answered"),
  INBOUND_ERROR("InboundError", Meaning.NEWS, null, null, "inbound webhook failed"),
  /// Whatever is listed nowhere.
  OTHER("", Meaning.REFUSE, Reason.CARRIER_REFUSED, null, "refused");

  private static final Map<String, PostmarkErrorCodes> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(line -> line.code, Function.identity()));

  private final String code;
  private final Meaning kind;
  private final @Nullable Reason reason;
  private final @Nullable SuppressionCause suppression;
  private final String meaning;

  PostmarkErrorCodes(
      String code,
      Meaning kind,
      @Nullable Reason reason,
      @Nullable SuppressionCause suppression,
      String meaning) {
    this.code = code;
    this.kind = kind;
    this.reason = reason;
    this.suppression = suppression;
    this.meaning = meaning;
  }

  /// The line of an `ErrorCode`.
  static PostmarkErrorCodes of(long code) {
    return BY_CODE.getOrDefault(String.valueOf(code), OTHER);
  }

  /// The line of a bounce's `Type`.
  static PostmarkErrorCodes ofBounce(String type) {
    PostmarkErrorCodes line = BY_CODE.get(type);
    return line == null || (line.kind != Meaning.BOUNCE && line.kind != Meaning.NEWS)
        ? UNKNOWN_BOUNCE
        : line;
  }

  /// Whether it proves that the mail did not arrive.
  boolean isBounce() {
    return kind == Meaning.BOUNCE;
  }

  /// What it means of a message; empty where it means nothing bad.
  Optional<Reason> reason() {
    return Optional.ofNullable(reason);
  }

  /// Why its recipient must not be written to any more; empty where they may be.
  Optional<SuppressionCause> suppression() {
    return Optional.ofNullable(suppression);
  }

  /// Code and meaning; Postmark's own words hold addresses.
  String detail(String given) {
    return given + " " + meaning;
  }

  /// The outcome that it means for a message.
  ///
  /// @param given the code as it came
  /// @param id Postmark's own, if it took the message
  /// @param wait what it asks for, if it says so
  DispatchOutcome outcome(String given, String id, @Nullable Duration wait) {
    Reason known = reason == null ? Reason.CARRIER_REFUSED : reason;
    return switch (kind) {
      case TAKE -> new DispatchOutcome.Accepted(id);
      case BUSY -> new DispatchOutcome.Throttled(wait);
      case STOP, DOWN -> new DispatchOutcome.Unreachable(known, detail(given), wait);
      case REFUSE, BOUNCE, NEWS -> new DispatchOutcome.Rejected(known, detail(given));
    };
  }

  /// What kind of code it is.
  private enum Meaning {
    TAKE,
    STOP,
    DOWN,
    BUSY,
    REFUSE,
    BOUNCE,
    NEWS
  }
}
