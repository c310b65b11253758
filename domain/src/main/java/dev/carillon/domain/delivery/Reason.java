package dev.carillon.domain.delivery;

import org.jspecify.annotations.Nullable;

/// Why a message is where it is. Names are part of the API; codes are stored and never reused.
public enum Reason {
  /// The address is no valid phone number or mailbox.
  INVALID_DESTINATION(1, "the address is not valid for this channel"),
  /// Neither the job nor the entry says anything.
  EMPTY_CONTENT(2, "there is nothing to send"),
  /// The text is longer than the channel's limit.
  CONTENT_TOO_LONG(3, "the text is longer than the limit"),
  /// The caller's reference is longer than 128 characters, or holds a NUL.
  INVALID_CLIENT_REF(4, "client_ref is longer than 128 characters or holds a NUL"),
  /// The entry's own words break a rule of the channel, such as a line break in a subject.
  INVALID_CONTENT(5, "the entry's content breaks a rule of the channel"),
  /// A variable of the template has no value.
  MISSING_VARIABLE(6, "a variable of the template has no value"),
  /// The same as an earlier entry.
  DUPLICATE(7, "the same as an earlier entry"),
  /// On the suppression list.
  SUPPRESSED(8, "the address is on the suppression list"),
  /// The recipient has no address for the channel.
  NO_ADDRESS(9, "the recipient has no address for this channel"),
  /// The address belongs to the group that the submission leaves out.
  EXCLUDED(10, "a member of the excluded group"),
  /// No recipient has this number.
  RECIPIENT_NOT_FOUND(11, "there is no recipient with this id"),
  /// The address has had as many messages as the submission's frequency cap allows.
  FREQUENCY_CAPPED(12, "the address has had enough messages lately"),
  /// No price is set for the destination.
  NO_PRICE(13, "no price is set for the destination"),
  /// The job was cancelled before hand-over.
  CANCELLED(20, "cancelled before hand-over"),
  /// Its time ran out before hand-over.
  EXPIRED(21, "its time ran out before hand-over"),
  /// It was marked for hand-over, and no answer is known: it may or may not have gone out.
  OUTCOME_UNKNOWN(22, "it may have been handed over, and no answer is known"),
  /// A critical error of the service ended the job.
  SYSTEM_ERROR(23, "the service could not send it"),
  /// Its recipient was deleted, or its address is to be forgotten.
  RECIPIENT_DELETED(24, "its recipient was deleted before hand-over"),
  /// The carrier refused it for good.
  CARRIER_REFUSED(40, "the carrier refused it"),
  /// The carrier knows that the destination does not exist.
  UNKNOWN_DESTINATION(41, "the destination does not exist"),
  /// The destination is blocked or has opted out at the carrier.
  DESTINATION_BLOCKED(42, "the destination is blocked"),
  /// The carrier refused what it says.
  CONTENT_REFUSED(43, "the carrier refused the content"),
  /// The carrier refused who it comes from.
  SENDER_REFUSED(44, "the carrier refused the sender"),
  /// The carrier is too busy.
  THROTTLED(45, "the carrier is too busy"),
  /// The carrier could not be reached, or failed on its side.
  CARRIER_UNREACHABLE(46, "the carrier could not be reached"),
  /// The device or mailbox could not be reached.
  DESTINATION_UNREACHABLE(47, "the device or mailbox could not be reached"),
  /// The carrier tried and gave up, without a better reason.
  NOT_DELIVERED(48, "the carrier could not deliver it"),
  /// The carrier does not serve the destination.
  ROUTE_REFUSED(49, "the carrier does not serve the destination"),
  /// The carrier does not serve us: credentials, contract, balance there.
  ACCOUNT_REFUSED(50, "the carrier does not serve this account");

  private static final @Nullable Reason[] BY_CODE = byCode();

  private final int code;
  private final String description;

  Reason(int code, String description) {
    this.code = code;
    this.description = description;
  }

  /// The stored number.
  public int code() {
    return code;
  }

  /// The same for people.
  public String description() {
    return description;
  }

  /// Whether a refusal for it says something about the carrier and not about the message, so that
  /// another carrier may take it.
  public boolean isOfCarrier() {
    return this == ROUTE_REFUSED || this == ACCOUNT_REFUSED || this == SENDER_REFUSED;
  }

  /// The reason of a stored number.
  public static Reason of(int code) {
    Reason reason = code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    if (reason == null) {
      throw new IllegalArgumentException("no reason has the code " + code);
    }
    return reason;
  }

  private static @Nullable Reason[] byCode() {
    @Nullable Reason[] reasons = new Reason[64];
    for (Reason reason : values()) {
      reasons[reason.code] = reason;
    }
    return reasons;
  }
}
