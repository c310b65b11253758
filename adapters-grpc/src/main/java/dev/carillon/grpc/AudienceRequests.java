package dev.carillon.grpc;

import dev.carillon.application.Audience;
import dev.carillon.application.port.Audiences.Selection;
import dev.carillon.domain.job.FrequencyCap;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.TagExpression;
import dev.carillon.v1.CreateBulkJobRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Maps whom a submission goes to.
final class AudienceRequests {
  private AudienceRequests() {}

  /// Notes when there is more than one way in it, or what cannot be mapped. None at all is an empty
  /// list of entries.
  static Audience audience(CreateBulkJobRequest request, Violations violations) {
    List<String> given = given(request);
    for (String second : given.subList(Math.min(1, given.size()), given.size())) {
      violations.add(second, "must be empty where " + given.getFirst() + " is given");
    }
    return switch (given.isEmpty() ? "" : given.getFirst()) {
      case "upload" -> new Audience.Uploaded();
      case "recipient_ids" -> new Audience.Stored(new Selection.Ids(ids(request)));
      case "group_id" -> new Audience.Stored(new Selection.Group(request.getGroupId()));
      case "tag_expression" -> tags(request.getTagExpression(), violations);
      default ->
          new Audience.Listed(
              EntryPaths.of(request).field(), EntryRequests.entries(request, violations));
    };
  }

  /// How often somebody may be written to; null for no limit. Its bounds were checked before.
  static @Nullable FrequencyCap cap(CreateBulkJobRequest request) {
    return request.hasFrequencyCap()
        ? new FrequencyCap(
            request.getFrequencyCap().getMaxMessages(),
            ProtoValues.duration(request.getFrequencyCap().getPeriod()))
        : null;
  }

  private static List<String> given(CreateBulkJobRequest request) {
    List<String> given = new ArrayList<>();
    if (request.getUpload()) {
      given.add("upload");
    }
    if (request.getToCount() > 0) {
      given.add("to");
    }
    if (request.getEntriesCount() > 0) {
      given.add("entries");
    }
    if (request.getRecipientIdsCount() > 0) {
      given.add("recipient_ids");
    }
    if (!request.getGroupId().isEmpty()) {
      given.add("group_id");
    }
    if (!request.getTagExpression().isEmpty()) {
      given.add("tag_expression");
    }
    return given;
  }

  private static List<RecipientId> ids(CreateBulkJobRequest request) {
    return request.getRecipientIdsList().stream().map(RecipientId::new).toList();
  }

  private static Audience tags(String text, Violations violations) {
    TagExpression expression = TagExpressions.read("tag_expression", text, violations);
    return expression == null
        ? new Audience.Listed("tag_expression", List.of())
        : new Audience.Stored(new Selection.Tags(expression));
  }
}
