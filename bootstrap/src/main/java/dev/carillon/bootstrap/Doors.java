package dev.carillon.bootstrap;

import static dev.carillon.bootstrap.config.EnvironmentNames.both;

import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.bootstrap.run.ServiceStartException;
import dev.carillon.grpc.GrpcConfig;
import dev.carillon.providers.callback.CallbackConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/// Whether the service can listen where it is told to, looked at before a database is made or
/// anything is opened.
public final class Doors {
  private Doors() {}

  /// Throws a [ServiceStartException] for the first place that cannot be listened at.
  public static void check(Configuration configuration) {
    GrpcConfig grpc = configuration.grpc();
    check("the gRPC server", "carillon.grpc", grpc.host(), grpc.port());
    CallbackConfig callbacks = configuration.callbacks();
    if (callbacks.enabled()) {
      check("the callback listener", "carillon.callbacks", callbacks.host(), callbacks.port());
    }
  }

  private static void check(String part, String section, String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new ServiceStartException(
          part,
          "there is no host %s to listen at\n  Set by %s".formatted(host, both(section + ".host")),
          new UnknownHostException(host));
    }
    try (ServerSocket door = new ServerSocket()) {
      door.bind(address);
    } catch (IOException taken) {
      throw new ServiceStartException(
          part,
          "it cannot listen at %s:%d: %s\n  Set by %s and %s"
              .formatted(
                  host, port, taken.getMessage(), both(section + ".host"), both(section + ".port")),
          taken);
    }
  }
}
