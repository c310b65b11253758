package dev.carillon.grpc;

import dev.carillon.application.message.ExportMessages;
import dev.carillon.domain.message.Message;
import dev.carillon.v1.ExportMessagesResponse;
import java.util.List;
import java.util.function.Function;

/// The messages of a job, batch by batch, to the last.
final class ExportPages implements PacedStream.Pages<ExportMessagesResponse> {
  private final Function<ExportMessages.Query, List<Message>> batches;
  private ExportMessages.Query next;

  /// @param batches the batch that a query asks for; one that is not full is the last
  ExportPages(ExportMessages.Query query, Function<ExportMessages.Query, List<Message>> batches) {
    this.next = query;
    this.batches = batches;
  }

  @Override
  public boolean sendNext(PacedStream<ExportMessagesResponse> stream) {
    List<Message> batch = batches.apply(next);
    if (!batch.isEmpty()) {
      stream.send(MessageResponses.exported(batch));
      next = next.after(batch);
    }
    return batch.size() == ExportMessages.BATCH;
  }
}
