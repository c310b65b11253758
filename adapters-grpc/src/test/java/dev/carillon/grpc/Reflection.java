package dev.carillon.grpc;

import io.grpc.Channel;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Asks a server what it offers, as grpcurl does.
final class Reflection {
  private Reflection() {}

  static List<String> servicesV1(Channel channel) {
    ServerReflectionResponse response =
        askV1(channel, ServerReflectionRequest.newBuilder().setListServices("*").build());
    return response.getListServicesResponse().getServiceList().stream()
        .map(service -> service.getName())
        .toList();
  }

  static boolean hasFileOf(Channel channel, String symbol) {
    return askV1(
            channel, ServerReflectionRequest.newBuilder().setFileContainingSymbol(symbol).build())
        .hasFileDescriptorResponse();
  }

  static List<String> servicesV1Alpha(Channel channel) {
    io.grpc.reflection.v1alpha.ServerReflectionResponse response =
        ask(
            io.grpc.reflection.v1alpha.ServerReflectionGrpc.newStub(channel)::serverReflectionInfo,
            io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
                .setListServices("*")
                .build());
    return response.getListServicesResponse().getServiceList().stream()
        .map(service -> service.getName())
        .toList();
  }

  private static ServerReflectionResponse askV1(Channel channel, ServerReflectionRequest request) {
    return ask(ServerReflectionGrpc.newStub(channel)::serverReflectionInfo, request);
  }

  private static <Q, S> S ask(Function<StreamObserver<S>, StreamObserver<Q>> method, Q request) {
    CompletableFuture<S> answer = new CompletableFuture<>();
    StreamObserver<Q> requests =
        method.apply(
            new StreamObserver<>() {
              @Override
              public void onNext(S response) {
                answer.complete(response);
              }

              @Override
              public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
              }

              @Override
              public void onCompleted() {}
            });
    requests.onNext(request);
    requests.onCompleted();
    return answer.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
