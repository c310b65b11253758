package dev.carillon.benchmarks.rate;

import com.google.protobuf.FieldMask;
import dev.carillon.benchmarks.node.Businesses;
import dev.carillon.v1.AdminServiceGrpc;
import dev.carillon.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.carillon.v1.Carrier;
import dev.carillon.v1.UpdateCarrierRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.sql.SQLException;

/// Changes the simulated carrier's limit through the API, as an operator does.
public final class AdminLimits implements LimitSetter, AutoCloseable {
  private static final String CARRIER = "simulated";
  private static final Metadata.Key<String> API_KEY =
      Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel;
  private final AdminServiceBlockingStub admin;

  private AdminLimits(ManagedChannel channel) {
    this.channel = channel;
    this.admin = AdminServiceGrpc.newBlockingStub(channel);
  }

  /// With a connection of its own to the node at this port, and a key of its own.
  public static AdminLimits connect(int port, Businesses businesses) throws SQLException {
    Metadata credential = new Metadata();
    credential.put(API_KEY, businesses.add("Operator", "OPERATOR"));
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .intercept(MetadataUtils.newAttachHeadersInterceptor(credential))
            .build();
    return new AdminLimits(channel);
  }

  @Override
  public void set(int perSecond) {
    Carrier carrier = Carrier.newBuilder().setId(CARRIER).setRatePerSecond(perSecond).build();
    FieldMask rate = FieldMask.newBuilder().addPaths("rate_per_second").build();
    admin.updateCarrier(
        UpdateCarrierRequest.newBuilder().setCarrier(carrier).setUpdateMask(rate).build());
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
