package dev.carillon.application.port;

import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.ChunkKey;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Keeps what carriers answered and told. Append-only; of what they say about a message that is
/// erased the words are left out.
public interface DeliveryLog {
  /// Appends attempts of a chunk's messages inside the caller's transaction, with the ids of their
  /// parts; one written twice fails the transaction.
  void appendAttempts(ChunkKey chunk, List<Attempt> attempts);

  /// Appends those of the attempts that are not there yet: for answers whose commit may have been
  /// made although nobody heard of it.
  void appendMissingAttempts(ChunkKey chunk, List<Attempt> attempts);

  /// The carriers that refused a message for what they are themselves
  /// ([dev.carillon.domain.delivery.Reason#isOfCarrier()]), of the job's messages from position
  /// `first` on, `size` of them; those that none refused are left out. What was appended in the
  /// caller's transaction is seen.
  Map<Integer, Set<CarrierId>> refusedBy(JobId job, int first, int size);

  /// Appends receipts inside the caller's transaction, which has locked their messages' chunks.
  /// What says the same of a message as one that is there, whenever it happened, is kept once.
  void appendReceipts(List<Receipt> receipts);
}
