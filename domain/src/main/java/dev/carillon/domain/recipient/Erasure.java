package dev.carillon.domain.recipient;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The forgetting of somebody in what a business has sent: asked for at once, done in the
/// background, and seen to end. What is sent to them before it has ended is forgotten with the
/// rest; then it forgets itself whom it was about.
///
/// @param counts what was done so far
/// @param requestedAt when it was asked for
/// @param endedAt when nothing was left to do; null before
public record Erasure(ErasureId id, Counts counts, Instant requestedAt, @Nullable Instant endedAt) {

  /// Whether nothing is left to do.
  public boolean done() {
    return endedAt != null;
  }

  /// Who is to be forgotten.
  public sealed interface Subject {
    /// Everything that was addressed to a stored recipient, wherever it went.
    record OfRecipient(RecipientId id) implements Subject {}

    /// Everything that went to an address, whoever had it.
    record OfAddress(Address address) implements Subject {}
  }

  /// What an erasure has done; every figure only grows.
  ///
  /// @param cancelled messages that waited and are not sent any more
  /// @param erased messages without address and words by now
  /// @param words texts of carriers about them that were cleared
  public record Counts(long cancelled, long erased, long words) {
    /// Nothing yet.
    public static final Counts NONE = new Counts(0, 0, 0);

    public Counts plus(Counts more) {
      return new Counts(cancelled + more.cancelled, erased + more.erased, words + more.words);
    }
  }
}
