package dev.carillon.application.recipient;

import dev.carillon.application.port.RecipientFilter;
import dev.carillon.application.port.RecipientGroupRepository;
import dev.carillon.application.port.RecipientPage;
import dev.carillon.application.port.RecipientPageRequest;
import dev.carillon.application.port.RecipientRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.recipient.PublicGroupId;
import dev.carillon.domain.recipient.RecipientGroup;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lists the recipients of the caller's business and environment.
public final class ListRecipients {
  private final RecipientRepository recipients;
  private final RecipientGroupRepository groups;

  public ListRecipients(RecipientRepository recipients, RecipientGroupRepository groups) {
    this.recipients = recipients;
    this.groups = groups;
  }

  /// The page; NotFound when the group does not exist or is another tenant's.
  public RecipientPage handle(Query query) {
    return recipients.list(query.caller().scope(), filter(query), query.page());
  }

  private RecipientFilter filter(Query query) {
    if (query.group().isEmpty()) {
      return new RecipientFilter(query.tags(), query.text(), query.channel(), null, null);
    }
    RecipientGroup group =
        PublicGroupId.parse(query.group())
            .flatMap(id -> groups.find(query.caller().scope(), id))
            .orElseThrow(() ->
                new DomainException(
                    new DomainError.NotFound(
                        DomainError.NotFound.Kind.RECIPIENT_GROUP, query.group())));
    return new RecipientFilter(
        query.tags(),
        query.text(),
        query.channel(),
        group.isDynamic() ? null : group.id(),
        group.details().tags());
  }

  /// Which recipients, and which part of them.
  ///
  /// @param tags a recipient must carry all of them
  /// @param text in names, addresses and references; empty bounds nothing
  /// @param channel null bounds nothing
  /// @param group the public id of one whose members alone are wanted; empty bounds nothing
  public record Query(
      Caller caller,
      Set<String> tags,
      String text,
      @Nullable Channel channel,
      String group,
      RecipientPageRequest page) {
    @Override
    public String toString() {
      return "ListRecipients.Query[" + group + "]";
    }
  }
}
