package dev.carillon.application.recipient;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.RecipientImports;
import dev.carillon.application.port.RecipientRepository;
import dev.carillon.application.port.Transactions;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.recipient.RecipientField;
import dev.carillon.domain.recipient.RecipientImport;
import dev.carillon.domain.recipient.RecipientMatch;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Takes one chunk of an import: rows that are known by what they are matched by change whom they
/// name, the others make new recipients, and bad ones are left out and reported. Each chunk is one
/// transaction and taken once, in its order, so that an import that was cut off goes on where it
/// stood.
public final class ImportRecipients {
  /// Most rows of a chunk.
  public static final int MOST_ROWS = 10_000;

  private static final String METHOD = "ImportRecipients";

  private final Transactions transactions;
  private final RecipientRepository recipients;
  private final RecipientImports imports;
  private final RecipientReader reader;
  private final Uniqueness uniqueness;
  private final IdSource ids;
  private final InstantSource clock;

  public ImportRecipients(
      Store store,
      RecipientReader reader,
      Uniqueness uniqueness,
      IdSource ids,
      InstantSource clock) {
    this.transactions = store.transactions();
    this.recipients = store.recipients();
    this.imports = store.imports();
    this.reader = reader;
    this.uniqueness = uniqueness;
    this.ids = ids;
    this.clock = clock;
  }

  /// The import as it stands then; unchanged for a chunk that was taken before. Throws a
  /// DomainException: InvalidFields (the import matches by something else, or the chunk is too
  /// large), SequenceGap, SequenceReused (another chunk of this number was taken before),
  /// StoreUnavailable; then nothing of the chunk was stored.
  public RecipientImport handle(Command command) {
    if (command.rows().size() > MOST_ROWS) {
      throw Refusals.invalid("recipients", "must be at most " + MOST_ROWS + " in one chunk");
    }
    List<RecipientReader.Read> rows = new ArrayList<>(command.rows().size());
    for (Row row : command.rows()) {
      rows.add(reader.read(row.draft(), command.region()));
    }
    byte[] fingerprint = fingerprint(command);
    return transactions.inTransaction(() -> take(command, fingerprint, rows));
  }

  private RecipientImport take(
      Command command, byte[] fingerprint, List<RecipientReader.Read> rows) {
    Scope scope = command.caller().scope();
    Instant now = clock.instant();
    RecipientImport standing =
        imports.lock(scope, command.importId(), command.match(), command.caller().principal(), now);
    if (standing.match() != command.match()) {
      throw Refusals.invalid("match_by", "must be as in the first chunk of the import");
    }
    return switch (standing.placeOf(command.sequence())) {
      case TAKEN -> {
        refuseAnother(command, fingerprint);
        yield standing;
      }
      case AHEAD ->
          throw new DomainException(
              new DomainError.SequenceGap(
                  command.importId(), standing.nextSequence(), command.sequence()));
      case NEXT -> {
        ImportedChunk chunk = merge(command, standing, rows, now);
        RecipientImport after = standing.with(chunk.counts(), now);
        imports.save(scope, after, fingerprint, chunk.refused());
        yield after;
      }
    };
  }

  private void refuseAnother(Command command, byte[] fingerprint) {
    imports
        .fingerprint(command.caller().scope(), command.importId(), command.sequence())
        .filter(first -> !MessageDigest.isEqual(first, fingerprint))
        .ifPresent(_ -> {
          throw new DomainException(
              new DomainError.SequenceReused(command.importId(), command.sequence()));
        });
  }

  private ImportedChunk merge(
      Command command, RecipientImport standing, List<RecipientReader.Read> rows, Instant now) {
    Scope scope = command.caller().scope();
    recipients.takeTurn(scope, true);
    ImportedChunk chunk =
        new ImportedChunk(command.match(), uniqueness.keys(), standing, command.sequence());
    chunk.load(recipients, scope, rows);
    for (int index = 0; index < rows.size(); index++) {
      chunk.merge(index, rows.get(index), command.rows().get(index).fields());
    }
    chunk.store(recipients, scope, ids, now);
    return chunk;
  }

  private static byte[] fingerprint(Command command) {
    List<String> texts = new ArrayList<>();
    texts.add(command.region());
    for (Row row : command.rows()) {
      List<String> drafted = row.draft().texts();
      texts.add(Integer.toString(drafted.size()));
      texts.addAll(drafted);
      texts.add(Integer.toString(row.fields().size()));
      row.fields().stream().map(RecipientField::path).sorted().forEach(texts::add);
    }
    return Idempotency.Request.of(
            command.caller().scope(), METHOD, command.importId(), texts.toArray(String[]::new))
        .fingerprint();
  }

  /// Where it is stored.
  public record Store(
      Transactions transactions, RecipientRepository recipients, RecipientImports imports) {}

  /// One chunk.
  ///
  /// @param importId the caller's name of the import
  /// @param sequence its number in the import, from 1
  /// @param region for numbers without a country code, ISO 3166-1 alpha-2
  public record Command(
      Caller caller,
      String importId,
      long sequence,
      RecipientMatch match,
      String region,
      List<Row> rows) {
    @Override
    public String toString() {
      return "ImportRecipients.Command[" + sequence + ", " + rows.size() + " rows]";
    }
  }

  /// One recipient of a chunk.
  ///
  /// @param fields which fields are changed of a recipient who is known
  public record Row(RecipientDraft draft, Set<RecipientField> fields) {}
}
