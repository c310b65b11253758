package dev.carillon.application.port;

import dev.carillon.domain.audit.Evidence;
import dev.carillon.domain.audit.JobBooks;
import dev.carillon.domain.billing.ChunkMoney;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.Chunk;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that is stored about a job, to be counted again. Read in one transaction, it is one
/// moment.
public interface JobRecords {
  /// The job, whoever it belongs to; empty when it does not exist.
  Optional<BulkJob> job(BulkId bulkId);

  /// A few of its chunks with what else is stored about their messages, in order, after the given
  /// number (-1 for all).
  List<ChunkRecord> chunks(JobId job, int afterNumber, int limit);

  /// How many of its chunks the job counts as open.
  int openChunks(JobId job);

  /// What is booked of it.
  JobBooks books(JobId job);

  /// A chunk as stored.
  ///
  /// @param open whether it is stored as open
  /// @param counted its stored tally: the name of each column with its figure
  /// @param messages how many message rows there are at its positions
  /// @param evidence what attempts and receipts say, by position
  /// @param money what is booked of its messages, and what they cost
  record ChunkRecord(
      Chunk chunk,
      boolean open,
      Map<String, Integer> counted,
      int messages,
      Map<Integer, Evidence> evidence,
      ChunkMoney money) {}
}
