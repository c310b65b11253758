package dev.carillon.bootstrap.demo;

import com.google.protobuf.Timestamp;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.CreateBulkJobResponse;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// Sends one personalised SMS job through a running service and shows what becomes of it.
public final class Demo {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int QUIET_POLLS = 10;
  private static final int MOST_POLLS = 80;

  private final PrintStream out;
  private final boolean terminal;

  /// @param terminal whether a line may be drawn over
  public Demo(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /// Runs it against the service at that address.
  ///
  /// @return whether what the messages say and what the job's counters say is the same
  public boolean run(String host, int port, String apiKey, int recipients)
      throws InterruptedException {
    try (DemoClient client = new DemoClient(host, port, apiKey)) {
      String bulkId = create(client, recipients);
      ProgressBar bar = new ProgressBar(out, terminal);
      client.watch(bulkId, bar::show);
      return summarise(client, awaitReceipts(client, bulkId));
    }
  }

  private String create(DemoClient client, int recipients) {
    var entries = new Audience().of(recipients);
    long before = System.nanoTime();
    CreateBulkJobResponse response = client.create(entries);
    long millis = Duration.ofNanos(System.nanoTime() - before).toMillis();
    BulkJob job = response.getBulkJob();
    out.printf(
        Locale.ROOT,
        "CreateBulkJob: %,d entries, each with a text of its own; answered after %,d ms%n",
        entries.size(),
        millis);
    out.printf(
        Locale.ROOT,
        "  bulk_id %s, accepted %,d, rejected %,d (%,d invalid, %,d duplicate)%n%n",
        job.getBulkId(),
        job.getCounters().getAccepted(),
        job.getCounters().getRejected(),
        job.getCounters().getInvalid(),
        job.getCounters().getDuplicate());
    out.println("WatchBulkJob:");
    return job.getBulkId();
  }

  /// The job ends when everything has been handed over; receipts go on moving its figures for a
  /// while.
  private static BulkJob awaitReceipts(DemoClient client, String bulkId)
      throws InterruptedException {
    BulkJob job = client.get(bulkId);
    int unmoved = 0;
    for (int poll = 0; poll < MOST_POLLS && unmoved < QUIET_POLLS; poll++) {
      Thread.sleep(POLL);
      BulkJob next = client.get(bulkId);
      unmoved = next.getCounters().equals(job.getCounters()) ? unmoved + 1 : 0;
      job = next;
    }
    return job;
  }

  private boolean summarise(DemoClient client, BulkJob job) {
    Summary summary = new Summary();
    client.messages(job.getBulkId(), summary::add);
    BulkJob after = client.get(job.getBulkId());
    out.printf("%nListMessages, every message counted:%n");
    summary.printTable(out);
    out.printf("%nThree of them:%n");
    summary.printSamples(out);
    double seconds = seconds(job);
    out.printf(
        Locale.ROOT,
        "%nThe job is %s: handed over in %.1f s, %,.0f messages/s, %,d automatic retries.%n",
        job.getStatus().name().substring("BULK_JOB_STATUS_".length()),
        seconds,
        job.getCounters().getAccepted() / seconds,
        job.getCounters().getRetryCount());
    boolean agrees = summary.agreesWith(after);
    out.println(
        agrees
            ? "Counted one by one and by the job's counters: the same figures."
            : "Counted one by one and by the job's counters: the figures DIFFER.");
    return agrees;
  }

  private static double seconds(BulkJob job) {
    double seconds = inSeconds(job.getEndTime()) - inSeconds(job.getCreateTime());
    return Math.max(0.001, seconds);
  }

  private static double inSeconds(Timestamp time) {
    return time.getSeconds() + time.getNanos() / 1e9;
  }
}
