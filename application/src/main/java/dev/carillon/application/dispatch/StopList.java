package dev.carillon.application.dispatch;

import dev.carillon.application.port.StoredMessage;
import dev.carillon.application.port.Suppressions;
import dev.carillon.application.settling.Settled;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// Who of a chunk's recipients must not be written to. Looked up when the first of them is about to
/// be handed over, and again only where the house cannot tell what was put on a list since.
final class StopList {
  private final Suppressions store;
  private final RecentSuppressions recent;
  private final Scope scope;
  private final Channel channel;
  private final List<StoredMessage> messages;
  private final Set<String> stopped = new HashSet<>();
  private boolean known;
  private long asOfNanos;

  StopList(
      Suppressions store,
      RecentSuppressions recent,
      Scope scope,
      Channel channel,
      List<StoredMessage> messages) {
    this.store = store;
    this.recent = recent;
    this.scope = scope;
    this.channel = channel;
    this.messages = messages;
  }

  /// Those of the messages that may go out now. Throws a DomainException (StoreUnavailable) when
  /// that cannot be found out; then nothing was withheld.
  ///
  /// @param withheld gets the others
  List<Settled.Marked> passing(
      List<Settled.Marked> marked,
      Function<Settled.Marked, String> address,
      Consumer<Settled.Marked> withheld) {
    Set<String> added = recent.of(scope, channel);
    if (!known || !recent.tellsAllSince(asOfNanos)) {
      look();
    }
    if (!added.isEmpty()) {
      lookAt(marked.stream().map(address).filter(added::contains).toList());
    }
    return stopped.isEmpty() ? marked : pass(marked, address, withheld);
  }

  private List<Settled.Marked> pass(
      List<Settled.Marked> marked,
      Function<Settled.Marked, String> address,
      Consumer<Settled.Marked> withheld) {
    List<Settled.Marked> passing = new ArrayList<>(marked.size());
    for (Settled.Marked message : marked) {
      if (stopped.contains(address.apply(message))) {
        withheld.accept(message);
      } else {
        passing.add(message);
      }
    }
    return passing;
  }

  private void look() {
    long before = System.nanoTime();
    List<String> addresses = messages.stream().map(StoredMessage::address).toList();
    Set<String> found = store.among(scope, channel, addresses);
    stopped.clear();
    stopped.addAll(found);
    asOfNanos = before;
    known = true;
  }

  /// What was added lately may have been taken off again.
  private void lookAt(List<String> addresses) {
    if (!stopped.containsAll(addresses)) {
      stopped.addAll(store.among(scope, channel, addresses));
    }
  }
}
