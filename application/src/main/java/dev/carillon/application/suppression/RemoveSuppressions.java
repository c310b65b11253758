package dev.carillon.application.suppression;

import dev.carillon.application.Idempotency;
import dev.carillon.application.admin.Trail;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.Suppressions;
import dev.carillon.domain.business.AuditEntry.Subject;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.recipient.Suppression;
import dev.carillon.domain.recipient.SuppressionCause;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Takes addresses off the caller's list for a channel, so that they are written to again. Who did
/// it, and how many of which cause it were, is kept in the audit trail.
public final class RemoveSuppressions {
  private static final String METHOD = "RemoveSuppressions";

  private final Idempotency idempotency;
  private final Suppressions suppressions;
  private final AddressReader reader;
  private final Trail trail;

  public RemoveSuppressions(
      Idempotency idempotency, Suppressions suppressions, Numbering numbering, Trail trail) {
    this.idempotency = idempotency;
    this.suppressions = suppressions;
    this.reader = new AddressReader(numbering);
    this.trail = trail;
  }

  /// What came of it. Throws a DomainException: InvalidFields, and then nothing is taken off the
  /// list; RequestIdReused.
  public Result handle(Command command) {
    Addresses given = command.addresses();
    List<String> addresses =
        List.copyOf(reader.all(given.channel(), given.texts(), given.region()));
    RemovedEntries entries =
        new RemovedEntries(command.caller().scope(), given.channel(), addresses);
    return idempotency.once(
        request(command, addresses),
        () -> entries.answer(remove(command, addresses)),
        answer -> {
          List<Suppression> removed = entries.of(answer);
          return new Result(removed, addresses.size() - removed.size());
        });
  }

  private List<Suppression> remove(Command command, List<String> addresses) {
    Scope scope = command.caller().scope();
    Channel channel = command.addresses().channel();
    List<Suppression> removed = suppressions.remove(scope, channel, addresses);
    if (!removed.isEmpty()) {
      trail.note(
          command.caller(),
          METHOD,
          Subject.within(scope, "suppressions " + channel),
          counts(removed),
          Map.of());
    }
    return removed;
  }

  /// How many there were of each cause: the trail holds no addresses.
  private static Map<String, String> counts(List<Suppression> removed) {
    Map<SuppressionCause, Integer> counts = new TreeMap<>();
    removed.forEach(one -> counts.merge(one.cause(), 1, Integer::sum));
    Map<String, String> texts = new TreeMap<>();
    counts.forEach((cause, count) -> texts.put(cause.name(), count.toString()));
    return texts;
  }

  private static Idempotency.Request request(Command command, List<String> addresses) {
    return Idempotency.Request.of(
        command.caller().scope(),
        METHOD,
        command.requestId(),
        Stream.concat(Stream.of(command.addresses().channel().name()), addresses.stream())
            .toArray(String[]::new));
  }

  /// Whom to write to again.
  ///
  /// @param requestId may be empty
  public record Command(Caller caller, String requestId, Addresses addresses) {}

  /// What came of it. An address that was named twice counts once.
  ///
  /// @param removed what was on the list, as it was, in the order of the request
  /// @param unchanged how many were not
  public record Result(List<Suppression> removed, int unchanged) {
    public Result {
      removed = List.copyOf(removed);
    }
  }
}
