package dev.carillon.application.port;

import org.jspecify.annotations.Nullable;

/// Which part of a list of recipients.
///
/// @param size rows wanted, 1 to 1,000
/// @param skip rows to leave out before, from 0
/// @param after the cursor of the page before, of the same filter and order; null for the first
///   page
public record RecipientPageRequest(
    RecipientOrder order, int size, int skip, @Nullable RecipientCursor after) {
  public RecipientPageRequest {
    if (size < 1 || size > PageRequest.MOST || skip < 0) {
      throw new IllegalArgumentException(
          "a page has 1 to " + PageRequest.MOST + " rows and skips none or some");
    }
  }

  /// The first page of the default size and order.
  public static RecipientPageRequest first() {
    return new RecipientPageRequest(RecipientOrder.DEFAULT, PageRequest.DEFAULT_SIZE, 0, null);
  }
}
