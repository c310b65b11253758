package dev.carillon.benchmarks.watching;

import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.WatchBulkJobRequest;
import dev.carillon.v1.WatchBulkJobResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Connections to one node over which many streams are read.
public final class WatchClients implements AutoCloseable {
  private static final MethodDescriptor<WatchBulkJobRequest, WatchBulkJobResponse> WATCH =
      BulkJobServiceGrpc.getWatchBulkJobMethod().toBuilder(
              BulkJobServiceGrpc.getWatchBulkJobMethod().getRequestMarshaller(),
              new EqualBytes<>(BulkJobServiceGrpc.getWatchBulkJobMethod().getResponseMarshaller()))
          .build();

  private final List<ManagedChannel> channels = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  /// So many connections to the service at a port of this machine.
  public WatchClients(int port, String apiKey, int connections) {
    for (int n = 0; n < connections; n++) {
      channels.add(HouseClient.address(port, apiKey).directExecutor().build());
    }
  }

  /// Opens a stream on the next of the connections.
  void open(WatchBulkJobRequest request, StreamObserver<WatchBulkJobResponse> reader) {
    ManagedChannel channel = channels.get(Math.floorMod(turn.getAndIncrement(), channels.size()));
    ClientCalls.asyncServerStreamingCall(
        channel.newCall(WATCH, CallOptions.DEFAULT), request, reader);
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    try {
      for (ManagedChannel channel : channels) {
        channel.awaitTermination(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
