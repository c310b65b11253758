package dev.carillon.benchmarks.contacts;

import dev.carillon.v1.ImportRecipientsRequest;
import dev.carillon.v1.ImportRecipientsResponse;
import dev.carillon.v1.Recipient;
import dev.carillon.v1.RecipientImport;
import dev.carillon.v1.RecipientMatch;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.util.function.LongFunction;

/// Imports rows by one stream, matched by their references. Rows are made as they are written, and
/// no faster than the service takes them.
public final class Importing {
  /// Rows of a chunk.
  static final int CHUNK = 5_000;

  private final ContactsClient client;

  public Importing(ContactsClient client) {
    this.client = client;
  }

  /// Imports rows 0 to count - 1.
  ///
  /// @param importId that no import had before
  public Imported run(String importId, long count, LongFunction<Recipient> rows)
      throws StatusException, InterruptedException {
    long start = System.nanoTime();
    BlockingClientCall<ImportRecipientsRequest, ImportRecipientsResponse> call =
        client.streams().importRecipients();
    long sequence = 0;
    for (long from = 0; from < count; from += CHUNK) {
      ImportRecipientsRequest.Builder chunk =
          ImportRecipientsRequest.newBuilder()
              .setImportId(importId)
              .setSequence(++sequence)
              .setMatchBy(RecipientMatch.RECIPIENT_MATCH_REFERENCE);
      for (long row = from; row < Math.min(count, from + CHUNK); row++) {
        chunk.addRecipients(rows.apply(row));
      }
      call.write(chunk.build());
    }
    call.halfClose();
    ImportRecipientsResponse response = call.read();
    if (response == null) {
      throw new IllegalStateException("the import ended without an answer");
    }
    return new Imported(response.getRecipientImport(), (System.nanoTime() - start) / 1e9);
  }

  /// How the import stood at its end, and how long it took.
  public record Imported(RecipientImport standing, double seconds) {
    public double rowsPerSecond() {
      return standing.getTotalCount() / seconds;
    }
  }
}
