package dev.carillon.benchmarks.crash;

import dev.carillon.v1.AdminServiceGrpc;
import dev.carillon.v1.AuditBulkJobRequest;
import dev.carillon.v1.AuditBulkJobResponse;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.BulkJobServiceGrpc.BulkJobServiceBlockingStub;
import dev.carillon.v1.CancelBulkJobRequest;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.GetBulkJobRequest;
import dev.carillon.v1.ListMessagesRequest;
import dev.carillon.v1.ListMessagesResponse;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageServiceGrpc;
import dev.carillon.v1.MessageServiceGrpc.MessageServiceBlockingStub;
import dev.carillon.v1.MessageStatus;
import dev.carillon.v1.PauseBulkJobRequest;
import dev.carillon.v1.ResumeBulkJobRequest;
import dev.carillon.v1.RetryBulkJobRequest;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A caller of one node. Every call has a deadline.
final class NodeClient implements AutoCloseable {
  private static final Metadata.Key<String> API_KEY =
      Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER);
  private static final long MOST_SECONDS = 10;
  private static final int PAGE = 1_000;

  private final ManagedChannel channel;

  private final ClientInterceptor owner;
  private final ClientInterceptor operator;

  NodeClient(int port, Keys keys) {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    owner = credential(keys.owner());
    operator = credential(keys.operator());
  }

  private static ClientInterceptor credential(String key) {
    Metadata credential = new Metadata();
    credential.put(API_KEY, key);
    return MetadataUtils.newAttachHeadersInterceptor(credential);
  }

  BulkJob create(CreateBulkJobRequest request) {
    return jobs().createBulkJob(request).getBulkJob();
  }

  BulkJob get(String bulkId) {
    return jobs().getBulkJob(GetBulkJobRequest.newBuilder().setBulkId(bulkId).build()).getBulkJob();
  }

  BulkJob cancel(String bulkId, String requestId) {
    return jobs()
        .cancelBulkJob(
            CancelBulkJobRequest.newBuilder().setBulkId(bulkId).setRequestId(requestId).build())
        .getBulkJob();
  }

  BulkJob pause(String bulkId, String requestId) {
    return jobs()
        .pauseBulkJob(
            PauseBulkJobRequest.newBuilder().setBulkId(bulkId).setRequestId(requestId).build())
        .getBulkJob();
  }

  BulkJob resume(String bulkId, String requestId) {
    return jobs()
        .resumeBulkJob(
            ResumeBulkJobRequest.newBuilder().setBulkId(bulkId).setRequestId(requestId).build())
        .getBulkJob();
  }

  BulkJob retry(String bulkId, String requestId) {
    return jobs()
        .retryBulkJob(
            RetryBulkJobRequest.newBuilder().setBulkId(bulkId).setRequestId(requestId).build())
        .getBulkJob();
  }

  /// What the service finds itself when it counts a job again.
  AuditBulkJobResponse audit(String bulkId) {
    return AdminServiceGrpc.newBlockingStub(channel)
        .withInterceptors(operator)
        .withDeadlineAfter(MOST_SECONDS, TimeUnit.SECONDS)
        .auditBulkJob(AuditBulkJobRequest.newBuilder().setBulkId(bulkId).build());
  }

  /// Every message of the job, in the order in which they are listed.
  List<Message> messages(String bulkId) {
    List<Message> all = new ArrayList<>();
    String page = "";
    do {
      ListMessagesResponse response =
          messages()
              .listMessages(
                  ListMessagesRequest.newBuilder()
                      .setBulkId(bulkId)
                      .setPageSize(PAGE)
                      .setPageToken(page)
                      .build());
      all.addAll(response.getMessagesList());
      page = response.getNextPageToken();
    } while (!page.isEmpty());
    return all;
  }

  /// How many messages of the job are listed at this status.
  long count(String bulkId, MessageStatus status) {
    return messages()
        .listMessages(
            ListMessagesRequest.newBuilder()
                .setBulkId(bulkId)
                .setPageSize(1)
                .addStatuses(status)
                .build())
        .getTotalSize();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private BulkJobServiceBlockingStub jobs() {
    return BulkJobServiceGrpc.newBlockingStub(channel)
        .withInterceptors(owner)
        .withDeadlineAfter(MOST_SECONDS, TimeUnit.SECONDS);
  }

  private MessageServiceBlockingStub messages() {
    return MessageServiceGrpc.newBlockingStub(channel)
        .withInterceptors(owner)
        .withDeadlineAfter(MOST_SECONDS, TimeUnit.SECONDS);
  }

  /// @param owner of the business whose jobs they are
  /// @param operator of the service
  record Keys(String owner, String operator) {
    @Override
    public String toString() {
      return "Keys";
    }
  }
}
