package dev.carillon.application.group;

import dev.carillon.application.port.RecipientGroupRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainError.InvalidFields;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.GroupDetails;
import dev.carillon.domain.recipient.PublicGroupId;
import dev.carillon.domain.recipient.RecipientGroup;
import java.util.List;
import java.util.OptionalLong;

/// Finds the caller's groups, and says what is wrong with what is asked of them.
final class Groups {
  private static final String FIELD = "recipient_group";

  private final RecipientGroupRepository groups;

  Groups(RecipientGroupRepository groups) {
    this.groups = groups;
  }

  /// The group as it is now.
  RecipientGroup find(Caller caller, String id) {
    return groups.find(caller.scope(), id(id)).orElseThrow(() -> notFound(id));
  }

  /// The group, locked, if it still has the version that the caller saw.
  RecipientGroup lock(Caller caller, String id, OptionalLong version) {
    RecipientGroup group = groups.lock(caller.scope(), id(id)).orElseThrow(() -> notFound(id));
    if (version.isPresent() && version.getAsLong() != group.version()) {
      throw new DomainException(
          new DomainError.EtagMismatch(DomainError.NotFound.Kind.RECIPIENT_GROUP, id));
    }
    return group;
  }

  /// The group, held, if it has members that can be put in and taken out.
  RecipientGroup holdStatic(Caller caller, String id) {
    RecipientGroup group = groups.hold(caller.scope(), id(id)).orElseThrow(() -> notFound(id));
    if (group.isDynamic()) {
      throw new DomainException(new DomainError.GroupIsDynamic(id));
    }
    return group;
  }

  /// The id that a text names; NotFound when it names none.
  static PublicGroupId id(String text) {
    return PublicGroupId.parse(text).orElseThrow(() -> notFound(text));
  }

  static void check(GroupDetails details) {
    List<FieldViolation> violations =
        details.violations().stream()
            .map(violation ->
                new FieldViolation(FIELD + "." + violation.field(), violation.description()))
            .toList();
    InvalidFields.refuse(violations);
  }

  private static DomainException notFound(String id) {
    return new DomainException(
        new DomainError.NotFound(DomainError.NotFound.Kind.RECIPIENT_GROUP, id));
  }
}
