package dev.carillon.application.group;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.RecipientGroupRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.recipient.GroupDetails;
import dev.carillon.domain.recipient.PublicGroupId;
import dev.carillon.domain.recipient.RecipientGroup;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// Makes a group, static or dynamic.
public final class CreateRecipientGroup {
  private static final String METHOD = "CreateRecipientGroup";
  private static final String ID = "group_id";

  private final Idempotency idempotency;
  private final RecipientGroupRepository repository;
  private final Groups groups;
  private final IdSource ids;
  private final InstantSource clock;

  public CreateRecipientGroup(
      Idempotency idempotency,
      RecipientGroupRepository repository,
      IdSource ids,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.repository = repository;
    this.groups = new Groups(repository);
    this.ids = ids;
    this.clock = clock;
  }

  /// The group, without members yet if it is static. Throws a DomainException: InvalidFields,
  /// AlreadyExists, RequestIdReused.
  public RecipientGroup handle(Command command) {
    Groups.check(command.details());
    return idempotency.once(
        request(command),
        () -> insert(command),
        answer -> groups.find(command.caller(), answer.getOrDefault(ID, "")));
  }

  private Map<String, String> insert(Command command) {
    Instant now = clock.instant();
    RecipientGroup group =
        repository.insert(
            command.caller().scope(), new PublicGroupId(ids.nextId(now)), command.details(), now);
    return Map.of(ID, group.publicId().toString());
  }

  private static Idempotency.Request request(Command command) {
    GroupDetails details = command.details();
    return Idempotency.Request.of(
        command.caller().scope(),
        METHOD,
        command.requestId(),
        details.name(),
        details.description(),
        details.tags() == null ? "" : details.tags().text());
  }

  /// What to make.
  ///
  /// @param requestId may be empty
  public record Command(Caller caller, String requestId, GroupDetails details) {}
}
