package dev.carillon.application.message;

import dev.carillon.application.GetBulkJob;
import dev.carillon.application.port.MessageFilter;
import dev.carillon.application.port.MessageRepository;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.message.Message;

/// Lists the messages of one job in the order of its submission.
public final class ListMessages {
  private final MessageRepository messages;

  public ListMessages(MessageRepository messages) {
    this.messages = messages;
  }

  /// A page of them; NotFound when the job does not exist or is another tenant's.
  public Page<Message> handle(Query query) {
    return BulkId.parse(query.bulkId())
        .flatMap(
            bulkId -> messages.list(query.caller().scope(), bulkId, query.filter(), query.page()))
        .orElseThrow(() -> GetBulkJob.notFound(query.bulkId()));
  }

  /// Which messages of which job, and which part of them.
  public record Query(Caller caller, String bulkId, MessageFilter filter, PageRequest page) {}
}
