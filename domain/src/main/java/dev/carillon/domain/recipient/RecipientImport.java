package dev.carillon.domain.recipient;

import java.time.Instant;

/// How an import of recipients stands. Its chunks are numbered from 1 and taken in that order, each
/// once.
///
/// @param importId the caller's own name of it
/// @param nextSequence the chunk that comes next
public record RecipientImport(
    String importId,
    RecipientMatch match,
    long nextSequence,
    Counts counts,
    Instant createdAt,
    Instant updatedAt) {

  /// An import of which nothing has come yet.
  public static RecipientImport begin(String importId, RecipientMatch match, Instant now) {
    return new RecipientImport(importId, match, 1, Counts.NONE, now, now);
  }

  /// What a chunk of this number is to the import as it stands.
  public Place placeOf(long sequence) {
    if (sequence < nextSequence) {
      return Place.TAKEN;
    }
    return sequence == nextSequence ? Place.NEXT : Place.AHEAD;
  }

  /// The import after its next chunk came to this.
  public RecipientImport with(Counts chunk, Instant now) {
    return new RecipientImport(
        importId, match, nextSequence + 1, counts.plus(chunk), createdAt, now);
  }

  /// Where a chunk belongs.
  public enum Place {
    /// It was taken before.
    TAKEN,
    /// It is the next.
    NEXT,
    /// Others must come before it.
    AHEAD
  }

  /// What became of the rows; the four add up to the total.
  ///
  /// @param unchanged rows that said nothing new
  /// @param refused rows that were left out
  public record Counts(long created, long updated, long unchanged, long refused) {
    /// Of no row.
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    /// All rows.
    public long total() {
      return created + updated + unchanged + refused;
    }

    Counts plus(Counts more) {
      return new Counts(
          created + more.created,
          updated + more.updated,
          unchanged + more.unchanged,
          refused + more.refused);
    }
  }
}
