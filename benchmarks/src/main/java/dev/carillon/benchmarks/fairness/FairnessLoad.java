package dev.carillon.benchmarks.fairness;

import dev.carillon.benchmarks.house.Submissions;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.Priority;
import java.time.Duration;

/// Who sends what.
///
/// @param bigJobs jobs of the big business that lie there when the others begin
/// @param bigSize messages of each of them
/// @param urgentJobs URGENT jobs of one message
/// @param urgentEvery from one of them to the next
/// @param normalJobs NORMAL jobs, spread over the same time
/// @param normalSize messages of each of them
public record FairnessLoad(
    int bigJobs,
    int bigSize,
    int urgentJobs,
    Duration urgentEvery,
    int normalJobs,
    int normalSize) {

  CreateBulkJobRequest big() {
    return request(bigSize, Priority.PRIORITY_BULK);
  }

  CreateBulkJobRequest urgent() {
    return request(1, Priority.PRIORITY_URGENT);
  }

  CreateBulkJobRequest normal() {
    return request(normalSize, Priority.PRIORITY_NORMAL);
  }

  Duration normalEvery() {
    return urgentEvery.multipliedBy(urgentJobs).dividedBy(normalJobs);
  }

  private static CreateBulkJobRequest request(int recipients, Priority priority) {
    return Submissions.ONE_TEXT.of(recipients).toBuilder().setPriority(priority).build();
  }
}
