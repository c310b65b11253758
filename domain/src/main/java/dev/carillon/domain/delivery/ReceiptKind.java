package dev.carillon.domain.delivery;

import dev.carillon.domain.message.MessageTransition;

/// What a carrier tells later about a message. Codes are stored and never reused.
public enum ReceiptKind {
  /// It took the message after all.
  SENT(1, MessageTransition.ACCEPT),
  /// It arrived.
  DELIVERED(2, MessageTransition.DELIVER),
  /// It was read.
  READ(3, MessageTransition.CONFIRM_READ),
  /// It did not arrive.
  UNDELIVERED(4, MessageTransition.FAIL_DELIVERY);

  private final int code;
  private final MessageTransition transition;

  ReceiptKind(int code, MessageTransition transition) {
    this.code = code;
    this.transition = transition;
  }

  /// The stored number.
  public int code() {
    return code;
  }

  /// The kind of a stored number.
  public static ReceiptKind of(int code) {
    return values()[code - 1];
  }

  /// The move that it proves.
  public MessageTransition transition() {
    return transition;
  }
}
