package dev.carillon.grpc;

import dev.carillon.application.port.PageRequest;
import dev.carillon.application.recipient.GetRecipientImport;
import dev.carillon.application.recipient.ListRefusedRows;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.recipient.RecipientImport;
import dev.carillon.v1.ImportRecipientsRequest;
import dev.carillon.v1.ImportRecipientsResponse;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One stream of an import: every chunk is stored by itself, and stays when the stream breaks; how
/// the import stands is told at the end.
final class RecipientImportStream
    implements ChunkStream.Work<ImportRecipientsRequest, ImportRecipientsResponse> {
  private final Caller caller;
  private final RecipientUseCases useCases;
  private @Nullable RecipientImportRequests requests;

  RecipientImportStream(Caller caller, RecipientUseCases useCases) {
    this.caller = caller;
    this.useCases = useCases;
  }

  @Override
  public Supplier<Optional<ImportRecipientsResponse>> prepare(ImportRecipientsRequest chunk) {
    RecipientImportRequests stream = requests;
    if (stream == null) {
      stream = RecipientImportRequests.of(caller, chunk);
      requests = stream;
    }
    var command = stream.command(chunk);
    return () -> {
      useCases.imports().handle(command);
      return Optional.empty();
    };
  }

  @Override
  public Optional<ImportRecipientsResponse> end() {
    RecipientImportRequests stream = requests;
    if (stream == null) {
      throw Violations.one("import_id", "must be given, with a first chunk");
    }
    RecipientImport standing =
        useCases.getImport().handle(new GetRecipientImport.Query(caller, stream.importId()));
    var refused =
        useCases
            .listRefused()
            .handle(
                new ListRefusedRows.Query(
                    caller,
                    stream.importId(),
                    new PageRequest(PageRequest.MOST, 0, OptionalLong.empty())));
    return Optional.of(RecipientResponses.imported(standing, refused.items()));
  }
}
