package dev.carillon.domain.job;

/// Who goes first when several jobs wait. Codes are stored; a higher one goes first.
public enum Priority {
  /// May wait: newsletters, campaigns.
  BULK(1),
  /// The usual.
  NORMAL(2),
  /// Before everything else: one-time codes, alarms.
  URGENT(3);

  private final int code;

  Priority(int code) {
    this.code = code;
  }

  /// The stored number.
  public int code() {
    return code;
  }

  /// The priority of a stored number.
  public static Priority of(int code) {
    return values()[code - 1];
  }
}
