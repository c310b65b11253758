package dev.carillon.application.group;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.RecipientGroupRepository;

/// Takes recipients out of a static group; they stay recipients.
public final class RemoveMembers {
  private final Membership membership;
  private final RecipientGroupRepository repository;

  public RemoveMembers(Idempotency idempotency, RecipientGroupRepository repository) {
    this.membership = new Membership(idempotency, repository);
    this.repository = repository;
  }

  /// What came of it. Throws a DomainException: InvalidFields, NotFound, GroupIsDynamic,
  /// RequestIdReused.
  public MemberChange handle(MemberCommand command) {
    return membership.once("RemoveMembers", command, repository::remove);
  }
}
