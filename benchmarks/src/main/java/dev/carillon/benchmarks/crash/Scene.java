package dev.carillon.benchmarks.crash;

import dev.carillon.v1.BulkJob;
import dev.carillon.v1.CreateBulkJobRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What a round acts on: the nodes, and the jobs submitted so far. It keeps count of what was done.
final class Scene {
  private final Fleet fleet;
  private final Callers callers;
  private final Audit audit;
  private final String label;
  private final List<SubmittedJob> jobs = new ArrayList<>();
  private final Map<Integer, Instant> pauses = new HashMap<>();
  private int kills;

  /// @param label what marks the jobs of this round, and no others
  Scene(Fleet fleet, Callers callers, Audit audit, String label) {
    this.audit = audit;
    this.fleet = fleet;
    this.callers = callers;
    this.label = label;
  }

  /// Submits a job, which must be accepted once, however often nodes die meanwhile.
  void submit(JobPlan plan) throws IOException, InterruptedException {
    CreateBulkJobRequest request = plan.request(label + ".job" + jobs.size(), label);
    BulkJob job;
    try {
      job = callers.call("CreateBulkJob", client -> client.create(request));
    } catch (StatusRuntimeException refused) {
      throw new CrashViolation("CreateBulkJob was refused: " + refused.getStatus(), refused);
    }
    long accepted = job.getCounters().getAccepted();
    if (job.getCounters().getTotal() != plan.size() || accepted != plan.scripts().size()) {
      throw new CrashViolation(
          "a job of " + plan.size() + " was accepted with " + job.getCounters());
    }
    jobs.add(SubmittedJob.of(job.getBulkId(), plan));
  }

  /// Cancels a job, unless it has ended.
  void cancel(int index) throws IOException, InterruptedException {
    String bulkId = jobs.get(index).bulkId();
    String requestId = label + ".cancel" + index;
    if (steer("CancelBulkJob", client -> client.cancel(bulkId, requestId)).isPresent()) {
      jobs.set(index, jobs.get(index).asCancelled());
    }
  }

  /// Pauses a job, unless it has ended.
  void pause(int index) throws IOException, InterruptedException {
    String bulkId = jobs.get(index).bulkId();
    String requestId = label + ".pause" + index;
    if (steer("PauseBulkJob", client -> client.pause(bulkId, requestId)).isPresent()) {
      pauses.put(index, Instant.now());
    }
  }

  /// Lets a job go on, unless it has ended.
  void resume(int index) throws IOException, InterruptedException {
    Instant from = pauses.get(index);
    if (from != null) {
      jobs.set(index, jobs.get(index).asPaused(new SubmittedJob.Span(from, Instant.now())));
    }
    String bulkId = jobs.get(index).bulkId();
    String requestId = label + ".resume" + index;
    var _ = steer("ResumeBulkJob", client -> client.resume(bulkId, requestId));
  }

  /// Waits for the end of a job and sends what failed of it once more, if anything did.
  void retry(int index) throws IOException, SQLException, InterruptedException {
    SubmittedJob parent = jobs.get(index);
    audit.awaitEnd(List.of(parent));
    String requestId = label + ".retry" + index;
    Optional<BulkJob> retry =
        steer("RetryBulkJob", client -> client.retry(parent.bulkId(), requestId));
    if (retry.isPresent()) {
      BulkJob child = retry.get();
      List<Integer> positions = audit.parentPositions(child.getBulkId());
      if (child.getCounters().getTotal() != positions.size()) {
        throw new CrashViolation(
            "a retry of " + positions.size() + " was answered with " + child.getCounters());
      }
      SubmittedJob.Origin origin = new SubmittedJob.Origin(parent.bulkId(), positions);
      jobs.add(SubmittedJob.retry(child.getBulkId(), parent.plan().retryOf(positions), origin));
    }
  }

  /// What was answered; nothing when the job could no more.
  private Optional<BulkJob> steer(String what, Function<NodeClient, BulkJob> call)
      throws IOException, InterruptedException {
    try {
      return Optional.of(callers.call(what, call));
    } catch (StatusRuntimeException refused) {
      if (refused.getStatus().getCode() != Status.Code.FAILED_PRECONDITION) {
        throw new CrashViolation(what + " was refused: " + refused.getStatus(), refused);
      }
      return Optional.empty();
    }
  }

  void kill(Collection<Integer> places) throws IOException, InterruptedException {
    kills += fleet.kill(places);
  }

  void restart(Collection<Integer> places) throws IOException {
    fleet.restart(places);
  }

  String label() {
    return label;
  }

  List<SubmittedJob> jobs() {
    return List.copyOf(jobs);
  }

  /// How many processes were killed.
  int kills() {
    return kills;
  }
}
