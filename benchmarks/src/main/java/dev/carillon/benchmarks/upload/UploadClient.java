package dev.carillon.benchmarks.upload;

import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.v1.AddBulkJobRecipientsRequest;
import dev.carillon.v1.AddBulkJobRecipientsResponse;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.GetBulkJobRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;

/// A client that uploads what a job still lacks. Wherever the one before it died, it asks the
/// service where to go on, and knows nothing else.
public final class UploadClient {
  /// The environment variable that has the API key.
  static final String KEY = "CARILLON_BENCH_KEY";

  /// Chunks written before an acknowledgement is awaited, so that one travels while one is stored.
  private static final int AHEAD = 2;

  private UploadClient() {}

  /// Arguments: port, bulk id, recipients, recipients of a chunk.
  public static void main(String[] arguments) throws StatusException, InterruptedException {
    UploadPlan plan =
        new UploadPlan(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    ManagedChannel channel =
        HouseClient.address(Integer.parseInt(arguments[0]), System.getenv(KEY)).build();
    try {
      upload(channel, arguments[1], plan);
    } finally {
      channel.shutdownNow();
    }
  }

  private static void upload(ManagedChannel channel, String bulkId, UploadPlan plan)
      throws StatusException, InterruptedException {
    long next =
        BulkJobServiceGrpc.newBlockingStub(channel)
            .getBulkJob(GetBulkJobRequest.newBuilder().setBulkId(bulkId).build())
            .getBulkJob()
            .getNextSequence();
    BlockingClientCall<AddBulkJobRecipientsRequest, AddBulkJobRecipientsResponse> call =
        BulkJobServiceGrpc.newBlockingV2Stub(channel).addBulkJobRecipients();
    long acknowledged = next - 1;
    for (long sequence = next; sequence <= plan.chunks(); sequence++) {
      call.write(plan.request(bulkId, sequence));
      if (sequence - acknowledged > AHEAD) {
        acknowledged = acknowledged(call, acknowledged + 1);
      }
    }
    call.halfClose();
    while (acknowledged < plan.chunks()) {
      acknowledged = acknowledged(call, acknowledged + 1);
    }
  }

  private static long acknowledged(
      BlockingClientCall<AddBulkJobRecipientsRequest, AddBulkJobRecipientsResponse> call,
      long expected)
      throws StatusException, InterruptedException {
    AddBulkJobRecipientsResponse answer = call.read();
    if (answer == null || answer.getSequence() != expected || answer.getRejected() != 0) {
      throw new IllegalStateException("chunk " + expected + " was not acknowledged as it should");
    }
    return expected;
  }
}
