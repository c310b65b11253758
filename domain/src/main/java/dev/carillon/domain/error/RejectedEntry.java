package dev.carillon.domain.error;

import dev.carillon.domain.delivery.Reason;

/// An entry that was left out of a job.
///
/// @param position its place in the submission, from 0
/// @param address as it was given
/// @param detail what it lacks, such as the name of a variable; may be empty
public record RejectedEntry(int position, String address, Reason reason, String detail) {

  /// One whose reason says it all.
  public RejectedEntry(int position, String address, Reason reason) {
    this(position, address, reason, "");
  }

  /// Why it was left out, for people.
  public String description() {
    return detail.isEmpty() ? reason.description() : reason.description() + ": " + detail;
  }

  @Override
  public String toString() {
    return "RejectedEntry[" + position + ", " + reason + "]";
  }
}
