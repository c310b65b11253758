package dev.carillon.domain.audit;

import dev.carillon.domain.billing.ChunkMoney;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.message.Chunk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// Recounts a job chunk by chunk, in their order, and names what does not agree. Keeps as many
/// differences as are wanted and counts the others. Not thread-safe.
public final class JobAudit {
  private static final Map<String, ToLongFunction<Counters>> FIGURES = figures();

  private final BulkJob job;
  private final int openChunks;
  private final MoneyAudit money;
  private final int mostKept;
  private final List<Difference> kept = new ArrayList<>();
  private Counters recounted = new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  private long differences;
  private int chunks;
  private int open;
  private int nextPosition;
  private long messages;
  private long attempts;
  private long accepted;

  /// An audit of a job that counts so many chunks as open.
  ///
  /// @param mostKept differences that are named; more are only counted
  public JobAudit(BulkJob job, int openChunks, JobBooks books, int mostKept) {
    this.job = job;
    this.openChunks = openChunks;
    this.money = new MoneyAudit(job, books);
    this.mostKept = mostKept;
  }

  /// Takes the next chunk; see [ChunkAudit#of].
  ///
  /// @param booked its money as stored
  public void chunk(
      Chunk chunk,
      boolean isOpen,
      Map<String, Integer> counted,
      int messageRows,
      Map<Integer, Evidence> evidence,
      ChunkMoney booked) {
    place(chunk);
    ChunkAudit.of(chunk, isOpen, counted, messageRows, evidence).forEach(this::note);
    money
        .chunk(chunk, isOpen, booked)
        .forEach(what -> note(Difference.ofChunk(chunk.key().number(), what)));
    chunks++;
    open += isOpen ? 1 : 0;
    messages += chunk.size();
    for (int position = chunk.first(); position < chunk.first() + chunk.size(); position++) {
      attempts += chunk.attempts(position);
    }
    accepted += evidence.values().stream().mapToLong(Evidence::accepted).sum();
    recounted = sum(recounted, chunk.tally().counters(hasStarted(), chunk.retries()));
  }

  /// What was found, when all chunks were taken.
  public Recount finish() {
    FIGURES.forEach((name, figure) ->
        compare(name, figure.applyAsLong(job.counters()), figure.applyAsLong(recounted)));
    if (openChunks != open) {
      note(Difference.ofJob("counts " + openChunks + " open chunks, but " + open + " are"));
    }
    if (job.done() && open > 0) {
      note(Difference.ofJob(job.status() + " with " + open + " open chunks"));
    }
    if (job.status().isRunning() && open == 0) {
      note(Difference.ofJob(job.status() + " without an open chunk"));
    }
    if (job.life().settledAt() != null && recounted.unknown() > 0) {
      note(Difference.ofJob("settled with messages in doubt"));
    }
    money.finish().forEach(what -> note(Difference.ofJob(what)));
    return new Recount(chunks, messages, attempts, accepted, recounted, differences, kept);
  }

  private void place(Chunk chunk) {
    int number = chunk.key().number();
    if (number != chunks) {
      note(Difference.ofChunk(number, "comes where chunk " + chunks + " belongs"));
    }
    if (chunk.first() != nextPosition) {
      note(
          Difference.ofChunk(
              number, "begins at " + chunk.first() + " where " + nextPosition + " belongs"));
    }
    nextPosition = chunk.first() + chunk.size();
  }

  private void compare(String name, long shown, long right) {
    if (shown != right) {
      note(Difference.ofJob("shows " + shown + " " + name + ", but " + right + " are"));
    }
  }

  private void note(Difference difference) {
    differences++;
    if (kept.size() < mostKept) {
      kept.add(difference);
    }
  }

  private boolean hasStarted() {
    return job.status().hasStarted(job.life().startedAt() != null);
  }

  private static Counters sum(Counters one, Counters other) {
    return new Counters(
        one.invalid() + other.invalid(),
        one.duplicate() + other.duplicate(),
        one.suppressed() + other.suppressed(),
        one.noAddress() + other.noAddress(),
        one.pending() + other.pending(),
        one.queued() + other.queued(),
        one.sent() + other.sent(),
        one.delivered() + other.delivered(),
        one.read() + other.read(),
        one.undelivered() + other.undelivered(),
        one.failed() + other.failed(),
        one.expired() + other.expired(),
        one.cancelled() + other.cancelled(),
        one.unknown() + other.unknown(),
        one.retries() + other.retries());
  }

  private static Map<String, ToLongFunction<Counters>> figures() {
    Map<String, ToLongFunction<Counters>> figures = new LinkedHashMap<>();
    figures.put("invalid", Counters::invalid);
    figures.put("duplicate", Counters::duplicate);
    figures.put("suppressed", Counters::suppressed);
    figures.put("no_address", Counters::noAddress);
    figures.put("pending", Counters::pending);
    figures.put("queued", Counters::queued);
    figures.put("sent", Counters::sent);
    figures.put("delivered", Counters::delivered);
    figures.put("read", Counters::read);
    figures.put("undelivered", Counters::undelivered);
    figures.put("failed", Counters::failed);
    figures.put("expired", Counters::expired);
    figures.put("cancelled", Counters::cancelled);
    figures.put("unknown", Counters::unknown);
    figures.put("retries", Counters::retries);
    return figures;
  }
}
