package dev.carillon.application.group;

import dev.carillon.application.port.RecipientPage;
import dev.carillon.application.port.RecipientPageRequest;
import dev.carillon.application.recipient.ListRecipients;
import dev.carillon.domain.business.Caller;
import java.util.Set;

/// Lists the members of a group, static or dynamic, as they are now.
public final class ListMembers {
  private final ListRecipients recipients;

  public ListMembers(ListRecipients recipients) {
    this.recipients = recipients;
  }

  /// The page; NotFound when the group does not exist or is another tenant's.
  public RecipientPage handle(Query query) {
    String group = Groups.id(query.group()).toString();
    return recipients.handle(
        new ListRecipients.Query(query.caller(), Set.of(), "", null, group, query.page()));
  }

  /// Whose members, and which part of them.
  ///
  /// @param group its public id
  public record Query(Caller caller, String group, RecipientPageRequest page) {}
}
