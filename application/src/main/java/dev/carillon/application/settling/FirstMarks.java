package dev.carillon.application.settling;

import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.port.StoredMessage;
import java.util.List;

/// Chooses what of a chunk is marked with its lease. Called inside the settling transaction, and
/// again if that has to be repeated.
public interface FirstMarks {
  /// Which messages to mark first.
  ///
  /// @param rescued positions that the lapsed lease before this one left in doubt
  Marks of(LockedChunk chunk, List<StoredMessage> messages, List<Integer> rescued);
}
