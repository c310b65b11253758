package dev.carillon.application.group;

import dev.carillon.application.port.RecipientGroupRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.RecipientGroup;
import java.util.List;

/// Shows one group with its members counted.
public final class GetRecipientGroup {
  private final RecipientGroupRepository repository;
  private final Groups groups;

  public GetRecipientGroup(RecipientGroupRepository repository) {
    this.repository = repository;
    this.groups = new Groups(repository);
  }

  /// The group; NotFound when it does not exist or is another tenant's.
  public CountedGroup handle(Query query) {
    Scope scope = query.caller().scope();
    RecipientGroup group = groups.find(query.caller(), query.group());
    return new CountedGroup(group, repository.count(scope, List.of(group)).get(group.id()));
  }

  /// Which group, by its public id.
  public record Query(Caller caller, String group) {}
}
