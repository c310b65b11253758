package dev.carillon.application.dispatch;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.Suppressions;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.Suppression;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Suppressions that count what is asked of them, and can be away.
final class WatchedSuppressions implements Suppressions {
  /// How many addresses each question was about.
  final List<Integer> questions = new ArrayList<>();

  boolean away;
  private final Suppressions real;

  WatchedSuppressions(Suppressions real) {
    this.real = real;
  }

  @Override
  public Set<String> among(Scope scope, Channel channel, Collection<String> addresses) {
    questions.add(addresses.size());
    requireThere();
    return real.among(scope, channel, addresses);
  }

  @Override
  public int add(List<Suppression> suppressions) {
    return real.add(suppressions);
  }

  @Override
  public List<Suppression> remove(Scope scope, Channel channel, Collection<String> addresses) {
    return real.remove(scope, channel, addresses);
  }

  @Override
  public Page<Suppression> list(Scope scope, Filter filter, PageRequest page) {
    return real.list(scope, filter, page);
  }

  @Override
  public List<Suppression> recent(Duration within, int limit) {
    requireThere();
    return real.recent(within, limit);
  }

  @Override
  public Map<MessageRef, Target> targets(Collection<MessageRef> messages) {
    return real.targets(messages);
  }

  @Override
  public Set<Scope> writersTo(OptOut.OfAddress optOut, Instant since) {
    return real.writersTo(optOut, since);
  }

  private void requireThere() {
    if (away) {
      throw new DomainException(new DomainError.StoreUnavailable(Duration.ofSeconds(1)));
    }
  }
}
