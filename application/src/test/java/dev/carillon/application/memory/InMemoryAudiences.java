package dev.carillon.application.memory;

import dev.carillon.application.port.Audiences;
import dev.carillon.application.port.RecipientCursor;
import dev.carillon.application.port.RecipientFilter;
import dev.carillon.application.port.RecipientOrder;
import dev.carillon.application.port.RecipientPage;
import dev.carillon.application.port.RecipientPageRequest;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.recipient.Address;
import dev.carillon.domain.recipient.GroupId;
import dev.carillon.domain.recipient.PublicGroupId;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientGroup;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.TagExpression;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Audiences out of the recipients and groups in memory.
public final class InMemoryAudiences implements Audiences {
  private final InMemoryRecipients recipients;
  private final InMemoryRecipientGroups groups;

  InMemoryAudiences(InMemoryRecipients recipients, InMemoryRecipientGroups groups) {
    this.recipients = recipients;
    this.groups = groups;
  }

  @Override
  public void read(Scope scope, Selection selection, int pageSize, Consumer<List<Pick>> page) {
    List<Pick> all = picks(scope, selection);
    for (int first = 0; first < all.size(); first += pageSize) {
      page.accept(all.subList(first, Math.min(first + pageSize, all.size())));
    }
  }

  @Override
  public Set<String> ofGroup(
      Scope scope, Channel channel, String group, Collection<String> addresses) {
    Set<String> found = new HashSet<>();
    for (Recipient member : members(scope, group)) {
      member
          .addressFor(channel)
          .map(Address::value)
          .filter(addresses::contains)
          .ifPresent(found::add);
    }
    return found;
  }

  private List<Pick> picks(Scope scope, Selection selection) {
    return switch (selection) {
      case Selection.Ids(List<RecipientId> ids) ->
          ids.stream()
              .map(id ->
                  recipients
                      .find(scope, id)
                      .<Pick>map(Pick.Known::new)
                      .orElseGet(() -> new Pick.Unknown(id)))
              .toList();
      case Selection.Group(String group) -> known(members(scope, group));
      case Selection.Tags(TagExpression expression) -> known(all(scope, null, expression));
    };
  }

  private List<Recipient> members(Scope scope, String id) {
    RecipientGroup group =
        PublicGroupId.parse(id)
            .flatMap(publicId -> groups.find(scope, publicId))
            .orElseThrow(() ->
                new DomainException(
                    new DomainError.NotFound(DomainError.NotFound.Kind.RECIPIENT_GROUP, id)));
    return group.isDynamic()
        ? all(scope, null, group.details().tags())
        : all(scope, group.id(), null);
  }

  private List<Recipient> all(
      Scope scope, @Nullable GroupId group, @Nullable TagExpression expression) {
    RecipientFilter filter = new RecipientFilter(Set.of(), "", null, group, expression);
    List<Recipient> all = new ArrayList<>();
    RecipientCursor after = null;
    do {
      RecipientPage page =
          recipients.list(
              scope, filter, new RecipientPageRequest(RecipientOrder.DEFAULT, 1_000, 0, after));
      all.addAll(page.items());
      after = page.next();
    } while (after != null);
    return all;
  }

  private static List<Pick> known(List<Recipient> recipients) {
    return recipients.stream().<Pick>map(Pick.Known::new).toList();
  }
}
