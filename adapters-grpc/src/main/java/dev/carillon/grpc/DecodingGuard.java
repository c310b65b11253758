package dev.carillon.grpc;

import dev.carillon.application.recipient.ImportRecipients;
import dev.carillon.v1.AddBulkJobRecipientsRequest;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.ImportRecipientsRequest;
import dev.carillon.v1.RecipientServiceGrpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.util.Map;

/// Puts a service behind a decoder that refuses what is no message with a clear status: the service
/// and its interceptors see whole messages only. What is sent to many readers is encoded once.
final class DecodingGuard {
  private final int mostBytes;
  private final Map<String, MethodDescriptor.Marshaller<?>> bounded;
  private final Map<String, MethodDescriptor.Marshaller<?>> shared =
      Map.of(
          BulkJobServiceGrpc.getWatchBulkJobMethod().getFullMethodName(),
          new SharedEncoding<>(BulkJobServiceGrpc.getWatchBulkJobMethod().getResponseMarshaller()));

  /// @param mostBytes the server's limit of an inbound message
  /// @param mostRecipients of one submission
  /// @param mostPerChunk recipients of one uploaded chunk
  DecodingGuard(int mostBytes, int mostRecipients, int mostPerChunk) {
    this.mostBytes = mostBytes;
    this.bounded =
        Map.of(
            BulkJobServiceGrpc.getCreateBulkJobMethod().getFullMethodName(),
            SubmissionMarshaller.accepting(mostRecipients),
            BulkJobServiceGrpc.getEstimateBulkJobMethod().getFullMethodName(),
            SubmissionMarshaller.estimating(mostRecipients),
            BulkJobServiceGrpc.getAddBulkJobRecipientsMethod().getFullMethodName(),
            ChunkMarshaller.of(
                AddBulkJobRecipientsRequest.getDefaultInstance(),
                AddBulkJobRecipientsRequest.ENTRIES_FIELD_NUMBER,
                mostPerChunk),
            RecipientServiceGrpc.getImportRecipientsMethod().getFullMethodName(),
            ChunkMarshaller.of(
                ImportRecipientsRequest.getDefaultInstance(),
                ImportRecipientsRequest.RECIPIENTS_FIELD_NUMBER,
                ImportRecipients.MOST_ROWS));
  }

  ServerServiceDefinition guard(ServerServiceDefinition service) {
    ServiceDescriptor given = service.getServiceDescriptor();
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(given.getName())
            .setSchemaDescriptor(given.getSchemaDescriptor());
    var guarded = service.getMethods().stream().map(this::<Object, Object>guardAny).toList();
    guarded.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder builder = ServerServiceDefinition.builder(descriptor.build());
    guarded.forEach(builder::addMethod);
    return builder.build();
  }

  // The methods of a service have types of their own, which only each method itself has to keep.
  @SuppressWarnings("unchecked")
  private <Q, S> ServerMethodDefinition<Decoded<Q>, S> guardAny(ServerMethodDefinition<?, ?> any) {
    return guard((ServerMethodDefinition<Q, S>) any);
  }

  private <Q, S> ServerMethodDefinition<Decoded<Q>, S> guard(ServerMethodDefinition<Q, S> method) {
    MethodDescriptor<Q, S> given = method.getMethodDescriptor();
    MethodDescriptor<Decoded<Q>, S> guarded =
        given.toBuilder(new Decoded.Decoder<>(marshaller(given), mostBytes), responses(given))
            .build();
    ServerCallHandler<Q, S> handler = method.getServerCallHandler();
    return ServerMethodDefinition.create(
        guarded, (call, headers) -> start(call, headers, given, handler));
  }

  // The method whose requests such a marshaller decodes is told by its name.
  @SuppressWarnings("unchecked")
  private <Q> MethodDescriptor.Marshaller<Q> marshaller(MethodDescriptor<Q, ?> method) {
    return (MethodDescriptor.Marshaller<Q>)
        bounded.getOrDefault(method.getFullMethodName(), method.getRequestMarshaller());
  }

  // The same of its responses.
  @SuppressWarnings("unchecked")
  private <S> MethodDescriptor.Marshaller<S> responses(MethodDescriptor<?, S> method) {
    return (MethodDescriptor.Marshaller<S>)
        shared.getOrDefault(method.getFullMethodName(), method.getResponseMarshaller());
  }

  private static <Q, S> ServerCall.Listener<Decoded<Q>> start(
      ServerCall<Decoded<Q>, S> call,
      Metadata headers,
      MethodDescriptor<Q, S> method,
      ServerCallHandler<Q, S> handler) {
    RetypedCall<Q, S> retyped = new RetypedCall<>(call, method);
    return new Gate<>(retyped, handler.startCall(retyped, headers));
  }

  /// Lets whole messages through and closes the call on the first that is none.
  private static final class Gate<Q> extends ServerCall.Listener<Decoded<Q>> {
    private final ServerCall<Q, ?> call;
    private final ServerCall.Listener<Q> listener;
    private boolean refused;

    Gate(ServerCall<Q, ?> call, ServerCall.Listener<Q> listener) {
      this.call = call;
      this.listener = listener;
    }

    @Override
    public void onMessage(Decoded<Q> decoded) {
      switch (decoded) {
        case Decoded.Whole<Q> whole when !refused -> listener.onMessage(whole.message());
        case Decoded.Refused<Q> reason when !refused -> refuse(reason.status());
        default -> {}
      }
    }

    private void refuse(StatusRuntimeException reason) {
      refused = true;
      Metadata trailers = reason.getTrailers();
      call.close(reason.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    @Override
    public void onHalfClose() {
      if (!refused) {
        listener.onHalfClose();
      }
    }

    @Override
    public void onReady() {
      if (!refused) {
        listener.onReady();
      }
    }

    @Override
    public void onCancel() {
      listener.onCancel();
    }

    @Override
    public void onComplete() {
      listener.onComplete();
    }
  }
}
