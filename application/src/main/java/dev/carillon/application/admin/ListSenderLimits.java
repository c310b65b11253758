package dev.carillon.application.admin;

import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.FlowLimits;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists the limits of senders.
public final class ListSenderLimits {
  private static final Comparator<SenderLimit> ORDER =
      Comparator.<SenderLimit>comparingLong(limit -> limit.sender().scope().business().value())
          .thenComparing(limit -> limit.sender().scope().environment())
          .thenComparing(limit -> limit.sender().value());

  private final FlowLimits limits;

  public ListSenderLimits(FlowLimits limits) {
    this.limits = limits;
  }

  /// By business, environment and sender. Throws a DomainException: RoleRequired.
  public List<SenderLimit> handle(Query query) {
    Rights.requireOperator(query.caller());
    return limits.allSenders(query.scope()).entrySet().stream()
        .map(entry -> new SenderLimit(entry.getKey(), entry.getValue()))
        .sorted(ORDER)
        .toList();
  }

  /// Whose senders.
  ///
  /// @param scope null for all
  public record Query(Caller caller, @Nullable Scope scope) {}
}
