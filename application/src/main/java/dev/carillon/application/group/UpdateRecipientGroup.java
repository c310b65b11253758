package dev.carillon.application.group;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.RecipientGroupRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.GroupDetails;
import dev.carillon.domain.recipient.RecipientGroup;
import dev.carillon.domain.recipient.TagExpression;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Changes what is written about a group, and whom a dynamic one means.
public final class UpdateRecipientGroup {
  private static final String METHOD = "UpdateRecipientGroup";
  private static final String EXPRESSION = "recipient_group.tag_expression";

  private final Idempotency idempotency;
  private final RecipientGroupRepository repository;
  private final Groups groups;
  private final InstantSource clock;

  public UpdateRecipientGroup(
      Idempotency idempotency, RecipientGroupRepository repository, InstantSource clock) {
    this.idempotency = idempotency;
    this.repository = repository;
    this.groups = new Groups(repository);
    this.clock = clock;
  }

  /// The group as it is then. Throws a DomainException: InvalidFields, NotFound, EtagMismatch,
  /// GroupIsStatic, AlreadyExists, RequestIdReused.
  public RecipientGroup handle(Command command) {
    return idempotency.once(
        request(command),
        () -> update(command),
        _ -> groups.find(command.caller(), command.group()));
  }

  private Map<String, String> update(Command command) {
    RecipientGroup group = groups.lock(command.caller(), command.group(), command.version());
    GroupDetails changed = changed(group, command);
    Groups.check(changed);
    if (!changed.equals(group.details())) {
      repository.save(group.with(changed, clock.instant()));
    }
    return Map.of();
  }

  private static GroupDetails changed(RecipientGroup group, Command command) {
    GroupDetails details = group.details();
    Changes changes = command.changes();
    return new GroupDetails(
        changes.name() == null ? details.name() : changes.name(),
        changes.description() == null ? details.description() : changes.description(),
        changes.tags() == null ? details.tags() : tags(group, changes.tags().to(), command));
  }

  private static @Nullable TagExpression tags(
      RecipientGroup group, @Nullable TagExpression wanted, Command command) {
    if (!group.isDynamic() && wanted != null) {
      throw new DomainException(new DomainError.GroupIsStatic(command.group()));
    }
    if (group.isDynamic() && wanted == null) {
      throw new DomainException(
          new DomainError.InvalidFields(
              List.of(
                  new FieldViolation(
                      EXPRESSION, "must not be empty: a dynamic group stays a dynamic one"))));
    }
    return wanted;
  }

  /// What is not to be changed is told from what is to be emptied.
  private static Idempotency.Request request(Command command) {
    Changes changes = command.changes();
    List<String> texts = new ArrayList<>();
    texts.add(Groups.id(command.group()).toString());
    texts.add(command.version().toString());
    texts.add(Optional.ofNullable(changes.name()).toString());
    texts.add(Optional.ofNullable(changes.description()).toString());
    texts.add(String.valueOf(changes.tags()));
    return Idempotency.Request.of(
        command.caller().scope(), METHOD, command.requestId(), texts.toArray(String[]::new));
  }

  /// What to change of which group.
  ///
  /// @param requestId may be empty
  /// @param group its public id
  /// @param version only if the group still has it; empty for whatever it has
  public record Command(
      Caller caller, String requestId, String group, OptionalLong version, Changes changes) {}

  /// What is to change.
  ///
  /// @param name null to keep it
  /// @param description null to keep it
  /// @param tags null to keep them
  public record Changes(
      @Nullable String name, @Nullable String description, @Nullable TagsChange tags) {}

  /// Another tag expression.
  ///
  /// @param to null for none
  public record TagsChange(@Nullable TagExpression to) {}
}
