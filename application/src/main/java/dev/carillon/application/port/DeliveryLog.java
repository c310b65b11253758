package dev.carillon.application.port;

import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.job.JobId;
import java.util.List;

/// Keeps what carriers answered and told. Append-only; of what they say about a message that is
/// erased the words are left out.
public interface DeliveryLog {
  /// Appends attempts inside the caller's transaction; one written twice fails the transaction.
  void appendAttempts(JobId job, List<Attempt> attempts);

  /// Appends those of the attempts that are not there yet: for answers whose commit may have been
  /// made although nobody heard of it.
  void appendMissingAttempts(JobId job, List<Attempt> attempts);

  /// Appends receipts inside the caller's transaction; doubled ones are kept as often as they came.
  void appendReceipts(List<Receipt> receipts);
}
