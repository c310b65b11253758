package dev.carillon.benchmarks.contacts;

import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.v1.RecipientGroupServiceGrpc;
import dev.carillon.v1.RecipientGroupServiceGrpc.RecipientGroupServiceBlockingStub;
import dev.carillon.v1.RecipientServiceGrpc;
import dev.carillon.v1.RecipientServiceGrpc.RecipientServiceBlockingStub;
import dev.carillon.v1.RecipientServiceGrpc.RecipientServiceBlockingV2Stub;
import io.grpc.ManagedChannel;
import java.util.concurrent.TimeUnit;

/// A client of what is stored about people, over a TCP connection of its own.
public final class ContactsClient implements AutoCloseable {
  private final ManagedChannel channel;

  private ContactsClient(ManagedChannel channel) {
    this.channel = channel;
  }

  /// One of a service on this machine.
  public static ContactsClient at(int port, String apiKey) {
    return new ContactsClient(HouseClient.address(port, apiKey).build());
  }

  public RecipientServiceBlockingStub recipients() {
    return RecipientServiceGrpc.newBlockingStub(channel);
  }

  public RecipientGroupServiceBlockingStub groups() {
    return RecipientGroupServiceGrpc.newBlockingStub(channel);
  }

  /// The same for streams of requests, whose writing waits until the service takes more.
  RecipientServiceBlockingV2Stub streams() {
    return RecipientServiceGrpc.newBlockingV2Stub(channel);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
