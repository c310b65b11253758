package dev.carillon.bootstrap.carriers;

import dev.carillon.v1.MessageStatus;

/// What becomes of a message at a scripted carrier, by the last two digits of its number.
enum Fate {
  /// Taken, and delivered.
  DELIVERED(true, MessageStatus.MESSAGE_STATUS_DELIVERED),
  /// The same, and its receipts are there before the answer is.
  EARLY(true, MessageStatus.MESSAGE_STATUS_DELIVERED),
  /// Taken, delivered and read, told backwards.
  READ(true, MessageStatus.MESSAGE_STATUS_READ),
  /// Taken, and not delivered.
  UNDELIVERED(true, MessageStatus.MESSAGE_STATUS_UNDELIVERED),
  /// Refused for good.
  REFUSED(false, MessageStatus.MESSAGE_STATUS_FAILED),
  /// Refused, because the recipient wants nothing.
  UNSUBSCRIBED(false, MessageStatus.MESSAGE_STATUS_FAILED),
  /// Taken, the answer lost, and delivered.
  LOST(true, MessageStatus.MESSAGE_STATUS_DELIVERED),
  /// Taken, and answered with an error of the carrier's; then delivered.
  BROKEN(true, MessageStatus.MESSAGE_STATUS_DELIVERED);

  private final boolean taken;
  private final MessageStatus end;

  Fate(boolean taken, MessageStatus end) {
    this.taken = taken;
    this.end = end;
  }

  /// The fate of a number.
  static Fate of(String number) {
    return switch (Integer.parseInt(number.substring(number.length() - 2))) {
      case 0, 1, 2 -> REFUSED;
      case 10, 11 -> UNDELIVERED;
      case 20 -> UNSUBSCRIBED;
      case 30 -> LOST;
      case 40 -> BROKEN;
      case 50, 51, 52, 53, 54 -> EARLY;
      case 60, 61, 62, 63, 64, 65 -> READ;
      default -> DELIVERED;
    };
  }

  /// Whether the carrier then has the message.
  boolean isTaken() {
    return taken;
  }

  /// Where the message ends.
  MessageStatus end() {
    return end;
  }
}
