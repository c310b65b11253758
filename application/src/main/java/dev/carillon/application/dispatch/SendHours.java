package dev.carillon.application.dispatch;

import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.domain.job.SendWindow;
import dev.carillon.domain.recipient.PhoneNumber;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a chunk's recipients may be written to at this hour of their day.
final class SendHours {
  private final SendWindow window;
  private final Map<Integer, List<ZoneId>> zones = new HashMap<>();

  private SendHours(
      SendWindow window, Numbering numbering, Collection<StoredMessage> messages, Instant now) {
    this.window = window;
    Map<String, List<ZoneId>> known = new HashMap<>();
    for (StoredMessage message : messages) {
      zones.put(
          message.position(),
          known.computeIfAbsent(message.address(), address -> zonesOf(address, numbering, now)));
    }
  }

  /// Those of a window; null when there is none.
  static @Nullable SendHours of(
      @Nullable SendWindow window,
      Numbering numbering,
      Collection<StoredMessage> messages,
      Instant now) {
    return window == null ? null : new SendHours(window, numbering, messages, now);
  }

  /// Whether the recipient at a position may be written to.
  boolean isOpen(int position, Instant now) {
    return window.isOpen(now, zones.getOrDefault(position, List.of()));
  }

  /// When the first of them may be written to (again).
  Optional<Instant> opensNext(Instant now) {
    return zones.values().stream()
        .distinct()
        .flatMap(each -> window.opensNext(now, each).stream())
        .min(Instant::compareTo);
  }

  /// Where its number may be used; the fallback (empty) for mailboxes, and where the hours of
  /// several zones never meet.
  private List<ZoneId> zonesOf(String address, Numbering numbering, Instant now) {
    return PhoneNumber.parse(address)
        .map(numbering::timeZones)
        .filter(found -> window.isOpen(now, found) || window.opensNext(now, found).isPresent())
        .orElse(List.of());
  }
}
