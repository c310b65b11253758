package dev.carillon.application.group;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.RecipientGroupRepository;
import dev.carillon.domain.business.Caller;
import java.util.Map;
import java.util.OptionalLong;

/// Deletes a group for good. Its members stay, and so do the jobs that were accepted for it.
public final class DeleteRecipientGroup {
  private static final String METHOD = "DeleteRecipientGroup";

  private final Idempotency idempotency;
  private final RecipientGroupRepository repository;
  private final Groups groups;

  public DeleteRecipientGroup(Idempotency idempotency, RecipientGroupRepository repository) {
    this.idempotency = idempotency;
    this.repository = repository;
    this.groups = new Groups(repository);
  }

  /// Throws a DomainException: NotFound, EtagMismatch, RequestIdReused.
  public void handle(Command command) {
    idempotency.once(request(command), () -> delete(command), answer -> answer);
  }

  private Map<String, String> delete(Command command) {
    repository.delete(groups.lock(command.caller(), command.group(), command.version()).id());
    return Map.of();
  }

  private static Idempotency.Request request(Command command) {
    return Idempotency.Request.of(
        command.caller().scope(),
        METHOD,
        command.requestId(),
        Groups.id(command.group()).toString(),
        command.version().toString());
  }

  /// Which group.
  ///
  /// @param requestId may be empty
  /// @param group its public id
  /// @param version only if the group still has it; empty for whatever it has
  public record Command(Caller caller, String requestId, String group, OptionalLong version) {}
}
