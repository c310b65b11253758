package dev.carillon.domain.billing;

/// What a price is for.
public enum PriceUnit {
  /// Each billed part: a long SMS costs as many times as much as it has parts.
  PART(1),
  /// Each message, however long.
  MESSAGE(2);

  private final int code;

  PriceUnit(int code) {
    this.code = code;
  }

  /// The number under which it is stored; never changes.
  public int code() {
    return code;
  }

  /// The unit that is stored under this number.
  public static PriceUnit of(int code) {
    return code == PART.code ? PART : MESSAGE;
  }
}
