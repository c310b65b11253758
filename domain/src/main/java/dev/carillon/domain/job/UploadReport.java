package dev.carillon.domain.job;

/// What became of the entries of one uploaded chunk. Never changes, so that whoever sends the chunk
/// again gets the same report.
///
/// @param sequence its place among the uploaded chunks, from 1
/// @param first the position in the job of its first entry
/// @param parts billed parts of those that were accepted
public record UploadReport(
    int sequence,
    int first,
    int accepted,
    int invalid,
    int duplicate,
    int suppressed,
    int noAddress,
    long parts) {

  /// How many entries it has.
  public int size() {
    return accepted + rejected();
  }

  /// How many were left out.
  public int rejected() {
    return invalid + duplicate + suppressed + noAddress;
  }
}
