package dev.carillon.application.settling;

import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.message.ChunkKey;
import java.util.Map;

/// Why carriers say that messages of a settling step came where they are. Asked only where somebody
/// is told of it.
interface Causes {
  /// No carrier said anything.
  Causes NONE = _ -> Map.of();

  /// The reasons by the positions of a chunk's messages; those without are left out.
  Map<Integer, Reason> of(ChunkKey chunk);
}
