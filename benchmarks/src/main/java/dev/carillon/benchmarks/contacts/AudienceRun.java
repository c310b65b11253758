package dev.carillon.benchmarks.contacts;

import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.benchmarks.house.Times;
import dev.carillon.benchmarks.node.Nodes;
import dev.carillon.benchmarks.node.Takings;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.SmsContent;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Sends a personalised SMS to a stored group in one call, while somebody takes members out of it,
/// and goes on with that while the job is under way.
public final class AudienceRun {
  private final Nodes nodes;
  private final String apiKey;
  private final StoredGroup group;

  /// @param nodes the first of which is called
  public AudienceRun(Nodes nodes, String apiKey, StoredGroup group) {
    this.nodes = nodes;
    this.apiKey = apiKey;
    this.group = group;
  }

  public Sent run() throws IOException, InterruptedException, ExecutionException {
    try (HouseClient client = nodes.client(0, apiKey);
        ContactsClient contacts = ContactsClient.at(nodes.port(0), apiKey);
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      int half = group.leaving().size() / 2;
      Future<List<Removal>> meanwhile = other.submit(() -> group.takeOut(contacts, 0, half));
      double cpu = nodes.cpuSeconds();
      long start = System.nanoTime();
      BulkJob accepted = client.create(request());
      long end = System.nanoTime();
      double acceptCpu = nodes.cpuSeconds() - cpu;
      long memory = nodes.process(0).peakRssBytes();
      List<Removal> removals = meanwhile.get();
      List<Removal> later = group.takeOut(contacts, half, group.leaving().size());
      BulkJob ended = client.watch(accepted.getBulkId(), _ -> {});
      return new Sent(
          accepted,
          (end - start) / 1e9,
          acceptCpu,
          memory,
          ended,
          Times.dispatchSeconds(List.of(ended)),
          nodes.process(0).peakRssBytes(),
          Takings.of(nodes.logs()),
          Removal.before(end, removals),
          Stream.concat(removals.stream(), later.stream()).mapToInt(Removal::members).sum());
    }
  }

  private CreateBulkJobRequest request() {
    return CreateBulkJobRequest.newBuilder()
        .setGroupId(group.id())
        .setSms(
            SmsContent.newBuilder()
                .setSender("PARCELS")
                .setText("Dear {{first_name}}, your parcel is in {{city}} now. Yours, Carillon"))
        .build();
  }

  /// What came of it.
  ///
  /// @param acceptCpuSeconds CPU that the service used until then
  /// @param memoryAccepted most resident bytes of the service until then
  /// @param memoryEnded the same until the job's end
  /// @param takenOutBefore numbers of members who had been taken out at the moments at which the
  ///   audience may have been frozen
  /// @param takenOut members who were taken out in all
  public record Sent(
      BulkJob accepted,
      double acceptSeconds,
      double acceptCpuSeconds,
      long memoryAccepted,
      BulkJob ended,
      double dispatchSeconds,
      long memoryEnded,
      Takings takings,
      List<Integer> takenOutBefore,
      int takenOut) {
    /// Whether the job has the group as it was at one moment of the call, and whoever can be
    /// reached of it was written to once.
    public boolean isExact(int members) {
      long total = accepted.getCounters().getTotal();
      return takenOutBefore.contains(Math.toIntExact(members - total))
          && ended.getCounters().getTotal() == total
          && accepted.getCounters().getAccepted() + accepted.getCounters().getNoAddress() == total
          && ended.getCounters().getSuccessCount() == accepted.getCounters().getAccepted()
          && takings.messages() == accepted.getCounters().getAccepted()
          && takings.doubled() == 0;
    }
  }
}
