package dev.carillon.grpc;

import dev.carillon.application.recipient.ImportRecipients;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.recipient.RecipientField;
import dev.carillon.domain.recipient.RecipientMatch;
import dev.carillon.v1.ImportRecipientsRequest;
import dev.carillon.v1.Recipient;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Maps the chunks of one stream to the commands of their use case; what holds for all of them is
/// read from the first.
final class RecipientImportRequests {
  private final Caller caller;
  private final String importId;
  private final RecipientMatch match;
  private final String region;
  private final @Nullable Set<RecipientField> fields;

  private RecipientImportRequests(
      Caller caller,
      String importId,
      RecipientMatch match,
      String region,
      @Nullable Set<RecipientField> fields) {
    this.caller = caller;
    this.importId = importId;
    this.match = match;
    this.region = region;
    this.fields = fields;
  }

  /// Throws InvalidFields with all of the first chunk that cannot be mapped.
  static RecipientImportRequests of(Caller caller, ImportRecipientsRequest first) {
    Violations violations = new Violations();
    if (first.getImportId().isEmpty()) {
      violations.add("import_id", "must be given in the first message of a stream");
    }
    Set<RecipientField> fields =
        first.hasUpdateMask()
            ? RecipientRequests.fields(
                RecipientRequests.masks().named(first.getUpdateMask(), violations))
            : null;
    violations.refuse();
    return new RecipientImportRequests(
        caller,
        first.getImportId(),
        ProtoEnums.RECIPIENT_MATCH.toDomain(first.getMatchBy()).orElse(RecipientMatch.REFERENCE),
        RecipientRequests.region(caller, first.getDefaultRegion()),
        fields);
  }

  /// The caller's own name of the import.
  String importId() {
    return importId;
  }

  /// Throws InvalidFields when the chunk is another import's.
  ImportRecipients.Command command(ImportRecipientsRequest chunk) {
    if (!chunk.getImportId().isEmpty() && !chunk.getImportId().equals(importId)) {
      throw Violations.one("import_id", "must be that of the first message, or empty");
    }
    return new ImportRecipients.Command(
        caller,
        importId,
        chunk.getSequence(),
        match,
        region,
        chunk.getRecipientsList().stream().map(this::row).toList());
  }

  private ImportRecipients.Row row(Recipient recipient) {
    return new ImportRecipients.Row(
        RecipientRequests.draft(recipient),
        fields == null ? RecipientRequests.populated(recipient) : fields);
  }
}
