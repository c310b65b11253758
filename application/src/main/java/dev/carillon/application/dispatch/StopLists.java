package dev.carillon.application.dispatch;

import dev.carillon.application.port.StoredMessage;
import dev.carillon.application.port.Suppressions;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import java.util.List;

/// Who must not be written to, as the engine looks it up right before the wire.
///
/// @param recent what was added lately
public record StopLists(Suppressions store, RecentSuppressions recent) {
  /// That of a chunk's messages.
  StopList of(Scope scope, Channel channel, List<StoredMessage> messages) {
    return new StopList(store, recent, scope, channel, messages);
  }
}
