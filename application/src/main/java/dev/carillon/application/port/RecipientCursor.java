package dev.carillon.application.port;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a page of recipients ended: what the next one goes on after.
///
/// @param time of the last recipient, where the order is one by time; else null
/// @param name of the last recipient, where the order is one by name; else null
/// @param id of the last recipient
/// @param totalSize how many fitted when the first page was read
public record RecipientCursor(
    @Nullable Instant time, @Nullable String name, long id, long totalSize) {
  @Override
  public String toString() {
    return "RecipientCursor[" + id + "]";
  }
}
