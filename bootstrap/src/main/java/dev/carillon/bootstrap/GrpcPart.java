package dev.carillon.bootstrap;

import dev.carillon.bootstrap.run.Part;
import dev.carillon.grpc.GrpcServer;
import java.time.Duration;

/// The gRPC server while the service runs.
final class GrpcPart implements Part {
  private final GrpcServer server;
  private int port;

  GrpcPart(GrpcServer server) {
    this.server = server;
  }

  @Override
  public String name() {
    return "the gRPC server";
  }

  @Override
  public void start() {
    port = server.start();
  }

  @Override
  public void stop(Duration time) throws InterruptedException {
    server.stop(time);
  }

  int port() {
    return port;
  }
}
