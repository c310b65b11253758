package dev.carillon.domain.webhook;

/// How the delivery of an event to an endpoint stands.
public enum DeliveryState {
  /// To be tried, or tried again; moved on by every attempt.
  PENDING(1),
  /// The receiver has it.
  DELIVERED(2),
  /// The receiver did not take it for days, or was gone; a redelivery begins anew.
  GIVEN_UP(3);

  private final int code;

  DeliveryState(int code) {
    this.code = code;
  }

  /// Its number where it is stored; never changes.
  public int code() {
    return code;
  }

  /// The state of that number. Throws an IllegalArgumentException when there is none.
  public static DeliveryState ofCode(int code) {
    for (DeliveryState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("no delivery state has the code " + code);
  }
}
