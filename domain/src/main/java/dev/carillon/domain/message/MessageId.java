package dev.carillon.domain.message;

import dev.carillon.domain.id.UuidText;
import dev.carillon.domain.job.BulkId;
import java.util.Optional;

/// The public id of a message: its job's id and its place in the submission, so that it is fixed
/// before anything is sent. Written `<bulk_id>-<position>`.
public record MessageId(BulkId bulkId, int position) {
  private static final int LONGEST_POSITION = 9;

  /// The id that a text names; empty when it names none.
  public static Optional<MessageId> parse(String text) {
    int digits = text.length() - UuidText.LENGTH - 1;
    if (digits < 1 || digits > LONGEST_POSITION || text.charAt(UuidText.LENGTH) != '-') {
      return Optional.empty();
    }
    String position = text.substring(UuidText.LENGTH + 1);
    if (!position.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    return BulkId.parse(text.substring(0, UuidText.LENGTH))
        .map(bulkId -> new MessageId(bulkId, Integer.parseInt(position)));
  }

  @Override
  public String toString() {
    return bulkId + "-" + position;
  }
}
