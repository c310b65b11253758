package dev.carillon.application.group;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.RecipientGroupRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.GroupId;
import dev.carillon.domain.recipient.MemberCounts;
import dev.carillon.domain.recipient.RecipientGroup;
import java.util.List;
import java.util.Map;

/// Lists the groups of the caller's business and environment, newest first.
public final class ListRecipientGroups {
  /// Most groups of a page whose members are counted: that takes as long as there are members.
  public static final int MOST_COUNTED = 100;

  private final RecipientGroupRepository repository;

  public ListRecipientGroups(RecipientGroupRepository repository) {
    this.repository = repository;
  }

  /// The page; InvalidFields when more groups are to be counted than may be.
  public Page<CountedGroup> handle(Query query) {
    if (query.counted() && query.page().size() > MOST_COUNTED) {
      throw new DomainException(
          new DomainError.InvalidFields(
              List.of(
                  new FieldViolation(
                      "page_size", "must not be more than " + MOST_COUNTED + " with counts"))));
    }
    Scope scope = query.caller().scope();
    Page<RecipientGroup> page = repository.list(scope, query.page());
    Map<GroupId, MemberCounts> counts =
        query.counted() ? repository.count(scope, page.items()) : Map.of();
    return new Page<>(
        page.items().stream()
            .map(group -> new CountedGroup(group, counts.get(group.id())))
            .toList(),
        page.next(),
        page.totalSize());
  }

  /// Which part of the list.
  ///
  /// @param counted whether the members of each are counted
  public record Query(Caller caller, boolean counted, PageRequest page) {}
}
