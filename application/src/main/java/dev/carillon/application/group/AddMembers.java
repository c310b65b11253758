package dev.carillon.application.group;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.RecipientGroupRepository;

/// Puts recipients into a static group; those that do not exist are told and left out.
public final class AddMembers {
  private final Membership membership;
  private final RecipientGroupRepository repository;

  public AddMembers(Idempotency idempotency, RecipientGroupRepository repository) {
    this.membership = new Membership(idempotency, repository);
    this.repository = repository;
  }

  /// What came of it. Throws a DomainException: InvalidFields, NotFound, GroupIsDynamic,
  /// RequestIdReused.
  public MemberChange handle(MemberCommand command) {
    return membership.once("AddMembers", command, repository::add);
  }
}
