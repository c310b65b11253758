package dev.carillon.benchmarks.bare;

/// How much the bare program does, and how.
///
/// @param messages in all
/// @param jobSize messages of one job, which are stored in one commit
/// @param chunkSize messages of one chunk
/// @param microBatch messages settled in one commit: the window of the house
/// @param workers connections that dispatch at the same time
public record BareLoad(int messages, int jobSize, int chunkSize, int microBatch, int workers) {
  public BareLoad {
    if (messages < 1 || jobSize < 1 || chunkSize < 1 || microBatch < 1 || workers < 1) {
      throw new IllegalArgumentException("all sizes are positive");
    }
  }
}
