package dev.carillon.grpc;

import dev.carillon.application.group.CreateRecipientGroup;
import dev.carillon.application.group.DeleteRecipientGroup;
import dev.carillon.application.group.GetRecipientGroup;
import dev.carillon.application.group.ListRecipientGroups;
import dev.carillon.application.group.UpdateRecipientGroup;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.recipient.GroupDetails;
import dev.carillon.domain.recipient.TagExpression;
import dev.carillon.v1.CreateRecipientGroupRequest;
import dev.carillon.v1.DeleteRecipientGroupRequest;
import dev.carillon.v1.GetRecipientGroupRequest;
import dev.carillon.v1.ListRecipientGroupsRequest;
import dev.carillon.v1.RecipientGroup;
import dev.carillon.v1.UpdateRecipientGroupRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Maps requests about groups to the queries and commands of their use cases. Throws InvalidFields
/// with all that cannot be mapped.
final class RecipientGroupRequests {
  private static final String EXPRESSION_PATH = "recipient_group.tag_expression";
  private static final String NAME = "name";
  private static final String DESCRIPTION = "description";
  private static final String EXPRESSION = "tag_expression";
  private static final FieldMasks MASKS = new FieldMasks(NAME, DESCRIPTION, EXPRESSION);

  private RecipientGroupRequests() {}

  static CreateRecipientGroup.Command create(Caller caller, CreateRecipientGroupRequest request) {
    Violations violations = new Violations();
    RecipientGroup group = request.getRecipientGroup();
    TagExpression tags = tags(group, violations);
    violations.refuse();
    return new CreateRecipientGroup.Command(
        caller,
        request.getRequestId(),
        new GroupDetails(group.getName(), group.getDescription(), tags));
  }

  static GetRecipientGroup.Query get(Caller caller, GetRecipientGroupRequest request) {
    return new GetRecipientGroup.Query(caller, request.getId());
  }

  static ListRecipientGroups.Query list(Caller caller, ListRecipientGroupsRequest request) {
    return new ListRecipientGroups.Query(
        caller,
        request.getWithCounts(),
        Paging.request(
            request.getPageSize(),
            request.getSkip(),
            request.getPageToken(),
            pageTokens(caller, request)));
  }

  /// The tokens of this list, with counts or without.
  static PageTokens pageTokens(Caller caller, ListRecipientGroupsRequest request) {
    return PageTokens.of(
        caller.scope(),
        request.toBuilder().clearPageSize().clearPageToken().clearSkip().clearWithCounts().build());
  }

  static UpdateRecipientGroup.Command update(Caller caller, UpdateRecipientGroupRequest request) {
    Violations violations = new Violations();
    RecipientGroup group = request.getRecipientGroup();
    if (group.getId().isEmpty()) {
      violations.add("recipient_group.id", "must be given");
    }
    Set<String> fields =
        request.hasUpdateMask()
            ? MASKS.named(request.getUpdateMask(), violations)
            : MASKS.populated(group);
    UpdateRecipientGroup.Changes changes = changes(group, fields, violations);
    violations.refuse();
    return new UpdateRecipientGroup.Command(
        caller, request.getRequestId(), group.getId(), Etags.version(group.getEtag()), changes);
  }

  static DeleteRecipientGroup.Command delete(Caller caller, DeleteRecipientGroupRequest request) {
    return new DeleteRecipientGroup.Command(
        caller, request.getRequestId(), request.getId(), Etags.version(request.getEtag()));
  }

  private static UpdateRecipientGroup.Changes changes(
      RecipientGroup group, Set<String> fields, Violations violations) {
    return new UpdateRecipientGroup.Changes(
        fields.contains(NAME) ? group.getName() : null,
        fields.contains(DESCRIPTION) ? group.getDescription() : null,
        fields.contains(EXPRESSION)
            ? new UpdateRecipientGroup.TagsChange(tags(group, violations))
            : null);
  }

  private static @Nullable TagExpression tags(RecipientGroup group, Violations violations) {
    return TagExpressions.read(EXPRESSION_PATH, group.getTagExpression(), violations);
  }
}
