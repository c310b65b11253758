package dev.carillon.grpc;

import com.google.protobuf.Empty;
import io.grpc.HandlerRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerMethodDefinition;
import io.grpc.protobuf.ProtoUtils;
import org.jspecify.annotations.Nullable;

/// Answers calls of methods that do not exist, so that this refusal has an ErrorInfo too.
final class UnknownMethods extends HandlerRegistry {
  private final ErrorInterceptor errors;

  UnknownMethods(ErrorInterceptor errors) {
    this.errors = errors;
  }

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
    MethodDescriptor<Empty, Empty> descriptor =
        MethodDescriptor.<Empty, Empty>newBuilder()
            .setType(MethodType.UNKNOWN)
            .setFullMethodName(method)
            .setRequestMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
            .setResponseMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
            .build();
    return ServerMethodDefinition.create(
        descriptor,
        (call, headers) ->
            errors.interceptCall(
                call,
                headers,
                (_, _) -> {
                  throw CallStatuses.unknownMethod(method);
                }));
  }
}
