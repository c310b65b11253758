package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.RecipientImport;
import dev.carillon.domain.recipient.RecipientMatch;
import dev.carillon.domain.recipient.RefusedRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps how imports of recipients stand, so that one that was cut off can go on, and which rows
/// they left out.
public interface RecipientImports {
  /// The import, made if there is none of this name within the scope, and locked until the
  /// transaction ends: chunks of one import take turns.
  ///
  /// @param match for a new one
  /// @param principal who begins it
  RecipientImport lock(
      Scope scope, String importId, RecipientMatch match, String principal, Instant now);

  /// Writes an import back that was locked in this transaction, with the rows that its last chunk
  /// left out.
  ///
  /// @param fingerprint tells the last chunk from another one of its number
  void save(Scope scope, RecipientImport changed, byte[] fingerprint, List<RefusedRow> refused);

  /// The fingerprint of the chunk of that number; empty when none is known.
  Optional<byte[]> fingerprint(Scope scope, String importId, long sequence);

  /// How an import stands; empty when it does not exist within the scope.
  Optional<RecipientImport> find(Scope scope, String importId);

  /// A page of the rows that an import left out, by row; empty when the import does not exist
  /// within the scope.
  Optional<Page<RefusedRow>> refused(Scope scope, String importId, PageRequest page);

  /// Forgets imports of which nothing has come since that time, at most `limit`; returns how many.
  /// One that is locked just now goes on and is left alone.
  int forget(Instant before, int limit);
}
