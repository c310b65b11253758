package dev.carillon.benchmarks.crash;

import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Compares what is stored, what the API says and what the carriers wrote down, and finds every
/// difference. Reads only.
final class Audit implements AutoCloseable {
  /// Within which every node has heard that a job is paused.
  private static final Duration HEARD = Duration.ofSeconds(1);

  private static final Duration MOST = Duration.ofSeconds(30);
  private static final Duration END = Duration.ofSeconds(60);
  private static final int MOST_SHOWN = 20;

  private final StoredJobs stored;
  private final Callers callers;
  private final CarrierLogs logs = new CarrierLogs();

  Audit(Postgres postgres, Callers callers) throws SQLException {
    this.stored = new StoredJobs(postgres.connect());
    this.callers = callers;
  }

  /// How many jobs carry the label: as many as were submitted with it, or a submission was lost or
  /// doubled.
  int jobs(String label) throws SQLException {
    return stored.count(CrashRound.LABEL, label);
  }

  /// What is wrong with the books of all businesses; empty when all is as it should be.
  List<String> books() throws SQLException {
    return stored.books().broken();
  }

  /// Waits until all of these jobs have ended; throws a [CrashViolation] when they do not.
  void awaitEnd(Collection<SubmittedJob> jobs) throws SQLException, InterruptedException {
    List<String> bulkIds = jobs.stream().map(SubmittedJob::bulkId).toList();
    Patience patience = Patience.of(END);
    while (stored.running(bulkIds) > 0) {
      if (patience.isOver()) {
        throw new CrashViolation("jobs have not ended within " + END);
      }
      patience.pause();
    }
  }

  /// Which messages of another job the messages of a retry are.
  List<Integer> parentPositions(String bulkId) throws SQLException {
    return stored.parentPositions(bulkId);
  }

  /// Every job as it stands, for a person.
  String inWords(Collection<SubmittedJob> jobs) throws SQLException {
    StringBuilder text = new StringBuilder();
    for (SubmittedJob job : jobs) {
      text.append(JobWords.of(stored.read(job.bulkId())));
    }
    return text.toString();
  }

  /// Audits a job that has ended; what was found and counted.
  ///
  /// @param carrierLogs of all nodes
  Finding check(SubmittedJob submitted, List<Path> carrierLogs)
      throws SQLException, IOException, InterruptedException {
    Compared compared = compared(submitted.bulkId());
    // After what is stored: whatever that knows of was written down before.
    for (Path log : carrierLogs) {
      logs.readOn(log);
    }
    StoredJob job = compared.job();
    List<String> broken = new ArrayList<>(compared.broken());
    broken.addAll(JobRules.broken(submitted, job));
    broken.addAll(messages(submitted, job));
    broken.addAll(paused(submitted, job));
    SubmittedJob.Origin origin = submitted.origin();
    if (origin != null) {
      broken.addAll(RetryRules.broken(stored.read(origin.bulkId()), origin.positions()));
    }
    return new Finding(
        shortened(broken),
        job.messages().stream().mapToInt(message -> message.unanswered().size()).sum(),
        job.messages().stream().mapToInt(message -> takenUnanswered(job, message)).sum(),
        retries(job),
        job.messages().size());
  }

  @Override
  public void close() throws SQLException {
    stored.close();
  }

  /// The job as stored, and in what the API differs; receipts must not have come in between.
  private Compared compared(String bulkId) throws IOException, SQLException, InterruptedException {
    Patience patience = Patience.of(MOST);
    while (!patience.isOver()) {
      StoredJob job = stored.read(bulkId);
      List<String> broken = api(job);
      if (stored.read(bulkId).version() == job.version()) {
        return new Compared(job, broken);
      }
    }
    throw new CrashViolation("job " + bulkId + " never stood still");
  }

  private List<String> api(StoredJob job) throws IOException, InterruptedException {
    String id = job.bulkId();
    BulkJob told = callers.call("GetBulkJob", client -> client.get(id));
    List<Message> listed = callers.call("ListMessages", client -> client.messages(id));
    Map<MessageStatus, Long> perStatus = new EnumMap<>(MessageStatus.class);
    for (MessageStatus status : ApiRules.stored(job).keySet()) {
      perStatus.put(status, callers.call("ListMessages", client -> client.count(id, status)));
    }
    List<String> broken = ApiRules.broken(job, told, listed, perStatus);
    callers
        .call("AuditBulkJob", client -> client.audit(id))
        .getDifferencesList()
        .forEach(difference ->
            broken.add(
                "AuditBulkJob says of %s: %s"
                    .formatted(difference.getSubject(), difference.getDescription())));
    return broken;
  }

  private List<String> messages(SubmittedJob submitted, StoredJob job) {
    UnknownPolicy policy = submitted.plan().terms().unknown();
    List<String> broken = new ArrayList<>();
    for (StoredMessage message : job.messages()) {
      var handOvers = logs.of(job.id(), message.position());
      for (String wrong : MessageRules.broken(message, policy, handOvers)) {
        broken.add(wrong + ": " + message + ", carriers " + handOvers);
      }
    }
    return broken;
  }

  /// Whatever was handed over while the job was paused.
  private List<String> paused(SubmittedJob submitted, StoredJob job) {
    SubmittedJob.Span span = submitted.paused();
    if (span == null) {
      return List.of();
    }
    Instant from = span.from().plus(HEARD);
    return job.messages().stream()
        .filter(message ->
            logs.of(job.id(), message.position()).stream()
                .anyMatch(line -> line.at().isAfter(from) && line.at().isBefore(span.to())))
        .map(message -> "it was handed over while its job was paused: " + message)
        .toList();
  }

  private int takenUnanswered(StoredJob job, StoredMessage message) {
    List<Integer> unanswered = message.unanswered();
    return (int)
        logs.of(job.id(), message.position()).stream()
            .filter(line -> line.taken() && unanswered.contains(line.attempt()))
            .count();
  }

  private static int retries(StoredJob job) {
    return job.chunks().stream().mapToInt(StoredChunk::retries).sum();
  }

  private static List<String> shortened(List<String> broken) {
    List<String> shown = new ArrayList<>(broken.stream().limit(MOST_SHOWN).toList());
    if (broken.size() > MOST_SHOWN) {
      shown.add("and " + (broken.size() - MOST_SHOWN) + " more");
    }
    return List.copyOf(shown);
  }

  private record Compared(StoredJob job, List<String> broken) {}

  /// What an audit found.
  ///
  /// @param broken in words; empty when all is as it should be
  /// @param unknown attempts without any answer, because nodes were killed
  /// @param taken how many of those a carrier took
  /// @param retries automatic re-attempts
  record Finding(List<String> broken, int unknown, int taken, int retries, int messages) {}
}
