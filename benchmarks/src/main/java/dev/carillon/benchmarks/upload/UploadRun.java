package dev.carillon.benchmarks.upload;

import com.google.protobuf.Timestamp;
import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.benchmarks.node.Nodes;
import dev.carillon.benchmarks.postgres.ScratchDirectory;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.ExportMessagesRequest;
import dev.carillon.v1.ExportMessagesResponse;
import dev.carillon.v1.Message;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.StartBulkJobRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;

/// Uploads the recipients of one OPEN job by clients of which all but the last are killed on the
/// way, starts it, and reads it back.
public final class UploadRun {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  /// Nothing is handed over before all was looked at.
  private static final Duration SENT_AFTER = Duration.ofDays(1);

  private final Nodes nodes;
  private final String apiKey;
  private final UploadPlan plan;

  public UploadRun(Nodes nodes, String apiKey, UploadPlan plan) {
    this.nodes = nodes;
    this.apiKey = apiKey;
    this.plan = plan;
  }

  /// Kills so many clients, the times between them about equal.
  public Uploaded run(int kills) throws IOException, InterruptedException {
    try (HouseClient client = nodes.client(0, apiKey);
        ScratchDirectory scratch = ScratchDirectory.create("upload-")) {
      BulkJob job = client.create(request());
      double cpu = nodes.cpuSeconds();
      long start = System.nanoTime();
      int killed = upload(client, job.getBulkId(), kills, scratch.path());
      double seconds = (System.nanoTime() - start) / 1e9;
      double used = nodes.cpuSeconds() - cpu;
      long memory = nodes.process(0).peakRssBytes();
      long starting = System.nanoTime();
      BulkJob started =
          client.start(
              StartBulkJobRequest.newBuilder()
                  .setBulkId(job.getBulkId())
                  .setCount(plan.recipients())
                  .build());
      double startMillis = (System.nanoTime() - starting) / 1e6;
      return new Uploaded(
          killed, seconds, used, memory, startMillis, started, readBack(client, job.getBulkId()));
    }
  }

  private static CreateBulkJobRequest request() {
    return CreateBulkJobRequest.newBuilder()
        .setUpload(true)
        .setSms(SmsContent.newBuilder().setSender("PARCELS").setText("Your parcel will come."))
        .setDefaultRegion("ZW")
        .setSendTime(
            Timestamp.newBuilder().setSeconds(Instant.now().plus(SENT_AFTER).getEpochSecond()))
        .build();
  }

  private int upload(HouseClient client, String bulkId, int kills, Path scratch)
      throws IOException, InterruptedException {
    int killed = 0;
    for (int number = 1; number <= kills + 1; number++) {
      Path output = scratch.resolve("client-" + number + ".out");
      try (ClientProcess process =
          ClientProcess.start(output, nodes.port(0), apiKey, bulkId, plan)) {
        if (number <= kills) {
          awaitChunk(client, bulkId, process, (long) plan.chunks() * number / (kills + 1));
          killed += process.kill() ? 1 : 0;
        } else {
          process.awaitEnd();
        }
      }
    }
    return killed;
  }

  private static void awaitChunk(
      HouseClient client, String bulkId, ClientProcess process, long sequence)
      throws InterruptedException {
    while (process.isAlive() && client.get(bulkId).getNextSequence() <= sequence) {
      Thread.sleep(LOOK_AGAIN);
    }
  }

  private ReadBack readBack(HouseClient client, String bulkId) {
    long start = System.nanoTime();
    Iterator<ExportMessagesResponse> pages =
        client.export(ExportMessagesRequest.newBuilder().setBulkId(bulkId).build());
    int rows = 0;
    int right = 0;
    while (pages.hasNext()) {
      for (Message message : pages.next().getMessagesList()) {
        right += plan.isMessage(rows, message) ? 1 : 0;
        rows++;
      }
    }
    return new ReadBack(rows, right, (System.nanoTime() - start) / 1e9);
  }

  /// What came of it.
  ///
  /// @param killed clients that died on the way
  /// @param seconds from the first client's start to the last one's end
  /// @param cpuSeconds that the service used then
  /// @param peakRssBytes of the service then
  public record Uploaded(
      int killed,
      double seconds,
      double cpuSeconds,
      long peakRssBytes,
      double startMillis,
      BulkJob started,
      ReadBack readBack) {
    /// Whether the job has exactly these recipients, each in its place and none twice.
    public boolean isExact(UploadPlan plan) {
      return started.getCounters().getTotal() == plan.recipients()
          && started.getCounters().getAccepted() == plan.recipients()
          && readBack.rows() == plan.recipients()
          && readBack.right() == plan.recipients();
    }
  }

  /// What the export of the job's messages told.
  ///
  /// @param right rows that are the message of the recipient with their place
  public record ReadBack(int rows, int right, double seconds) {}
}
