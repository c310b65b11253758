package dev.carillon.application.message;

import dev.carillon.application.GetBulkJob;
import dev.carillon.application.port.MessageRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.message.Message;
import java.util.List;

/// Tells the outcome of every message of a job in the order of its submission, batch by batch, as
/// fast as they are asked for.
public final class ExportMessages {
  /// Messages of a batch.
  public static final int BATCH = 500;

  private final MessageRepository messages;

  public ExportMessages(MessageRepository messages) {
    this.messages = messages;
  }

  /// The next batch, as the messages stand now; one that is not full is the last. Throws a
  /// DomainException: NotFound when the job does not exist or is another tenant's.
  public List<Message> handle(Query query) {
    return BulkId.parse(query.bulkId())
        .flatMap(
            bulkId -> messages.after(query.caller().scope(), bulkId, query.afterPosition(), BATCH))
        .orElseThrow(() -> GetBulkJob.notFound(query.bulkId()));
  }

  /// Which messages of which job.
  ///
  /// @param afterPosition those after this position; -1 for all
  public record Query(Caller caller, String bulkId, int afterPosition) {
    /// The batch after this one.
    public Query after(List<Message> batch) {
      return new Query(caller, bulkId, batch.getLast().id().position());
    }
  }
}
