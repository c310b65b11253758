package dev.carillon.domain.job;

/// How far the upload of a job's recipients has come. Uploaded chunks are taken in the order of
/// their sequence, each once.
///
/// @param nextSequence the sequence of the chunk to come, from 1
/// @param messages how many entries have been uploaded, left-out ones included
/// @param chunks how many chunks they were cut into for dispatch
/// @param accepted how many of them can be sent
public record UploadProgress(int nextSequence, int messages, int chunks, int accepted) {
  /// Nothing has been uploaded yet.
  public static final UploadProgress NONE = new UploadProgress(1, 0, 0, 0);

  public UploadProgress {
    if (nextSequence < 1 || accepted < 0 || chunks < 0 || messages < Math.max(accepted, chunks)) {
      throw new IllegalArgumentException("a sequence is 1 or more, and no chunk is empty");
    }
  }

  /// What an uploaded chunk with this sequence is.
  public Place place(long sequence) {
    if (sequence == nextSequence) {
      return Place.NEXT;
    }
    return sequence < nextSequence ? Place.REPEATED : Place.GAP;
  }

  /// The progress after the next chunk.
  ///
  /// @param dispatchChunks how many chunks it was cut into for dispatch
  public UploadProgress after(UploadReport next, int dispatchChunks) {
    if (next.sequence() != nextSequence || next.first() != messages) {
      throw new IllegalArgumentException("an uploaded chunk follows the one before");
    }
    return new UploadProgress(
        nextSequence + 1,
        Math.addExact(messages, next.size()),
        chunks + dispatchChunks,
        accepted + next.accepted());
  }

  /// Where an uploaded chunk belongs.
  public enum Place {
    /// It is the one to come.
    NEXT,
    /// It came before.
    REPEATED,
    /// One before it is missing.
    GAP
  }
}
