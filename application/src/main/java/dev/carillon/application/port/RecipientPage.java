package dev.carillon.application.port;

import dev.carillon.domain.recipient.Recipient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Part of a list of recipients.
///
/// @param next the cursor to go on after; null on the last page
/// @param totalSize all that fit, over all pages; of a filtered list, as it was at its first page
public record RecipientPage(List<Recipient> items, @Nullable RecipientCursor next, long totalSize) {
  public RecipientPage {
    items = List.copyOf(items);
  }
}
