package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.Suppression;
import dev.carillon.domain.recipient.SuppressionCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Knows who must not be written to.
public interface Suppressions {
  /// Those of the normalised addresses that are on the scope's list for the channel.
  Set<String> among(Scope scope, Channel channel, Collection<String> addresses);

  /// Puts addresses on their lists, inside the caller's transaction or of its own; those that are
  /// there stay as they are. Returns how many were not.
  int add(List<Suppression> suppressions);

  /// Takes addresses off a list; returns those that were on it, as they were.
  List<Suppression> remove(Scope scope, Channel channel, Collection<String> addresses);

  /// A page of the scope's lists, the latest first.
  Page<Suppression> list(Scope scope, Filter filter, PageRequest page);

  /// What was put on any list within this time, by the store's clock, at most `limit`, the latest
  /// first. Only for the house's own loops: not bounded by a scope.
  List<Suppression> recent(Duration within, int limit);

  /// Whom these messages went to and over what, for whom and through whom; those that do not exist,
  /// or are erased, are left out. Only for the house's own use: not bounded by a scope.
  Map<MessageRef, Target> targets(Collection<MessageRef> messages);

  /// All scopes that wrote to the address over the channel and through the carrier from that sender
  /// since `since`. Only for the house's own use: not bounded by a scope.
  Set<Scope> writersTo(OptOut.OfAddress optOut, Instant since);

  /// Which of them; what is null bounds nothing.
  ///
  /// @param address normalised; empty for any
  record Filter(@Nullable Channel channel, @Nullable SuppressionCause cause, String address) {
    @Override
    public String toString() {
      return "Filter[" + channel + ", " + cause + "]";
    }
  }

  /// Whom a message went to.
  ///
  /// @param carriers that were given it, or are about to be
  record Target(Scope scope, Channel channel, String address, Set<CarrierId> carriers) {
    public Target {
      carriers = Set.copyOf(carriers);
    }

    @Override
    public String toString() {
      return "Target[" + scope + ", " + channel + "]";
    }
  }
}
