package dev.carillon.application.port;

/// In which order; recipients that are equal in it follow by number, in the same direction.
public record RecipientOrder(By by, boolean descending) {
  /// As they were stored.
  public static final RecipientOrder DEFAULT = new RecipientOrder(By.ID, false);

  /// What is compared.
  public enum By {
    /// The number.
    ID,
    /// When it was stored.
    CREATE_TIME,
    /// When it was changed last.
    UPDATE_TIME,
    /// The last name, by Unicode code points.
    LAST_NAME
  }
}
