package dev.carillon.domain.error;

import dev.carillon.domain.delivery.Reason;

/// An entry that was left out of a job.
///
/// @param position its place in the submission, from 0
/// @param address as it was given
public record RejectedEntry(int position, String address, Reason reason) {
  @Override
  public String toString() {
    return "RejectedEntry[" + position + ", " + reason + "]";
  }
}
