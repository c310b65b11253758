package dev.carillon.grpc;

import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.List;

/// Every method that a server offers, found as grpcurl finds it, so that none is forgotten.
final class Methods {
  private Methods() {}

  static List<MethodDescriptor<?, ?>> of(Channel channel) {
    return Reflection.servicesV1(channel).stream()
        .filter(name -> name.startsWith("carillon.v1."))
        .flatMap(name -> service(name).getMethods().stream())
        .<MethodDescriptor<?, ?>>map(method -> method)
        .toList();
  }

  private static ServiceDescriptor service(String name) {
    String type = "dev." + name + "Grpc";
    try {
      return (ServiceDescriptor) Class.forName(type).getMethod("getServiceDescriptor").invoke(null);
    } catch (ReflectiveOperationException missing) {
      throw new LinkageError("there is no stub of " + name, missing);
    }
  }
}
