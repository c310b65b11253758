package dev.carillon.bootstrap.tenancy;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Calls any method of any service, with a request in protobuf's text format.
final class AnyCall {
  private static final long SECONDS = 20;

  private final MethodDescriptor<Message, Message> method;

  // every method of a service whose descriptor comes from a .proto takes and gives messages
  @SuppressWarnings("unchecked")
  AnyCall(MethodDescriptor<?, ?> method) {
    assert method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier;
    this.method = (MethodDescriptor<Message, Message>) method;
  }

  /// The method's name, such as `carillon.v1.BulkJobService/GetBulkJob`.
  String name() {
    return method.getFullMethodName();
  }

  /// The names of the request's fields.
  List<String> fields() {
    return prototype().getDescriptorForType().getFields().stream()
        .map(field -> field.getName())
        .toList();
  }

  /// All methods of a service, by its full name.
  static List<AnyCall> ofService(String service) {
    String simple = service.substring(service.lastIndexOf('.') + 1);
    try {
      Object descriptor =
          Class.forName("dev.carillon.v1." + simple + "Grpc")
              .getMethod("getServiceDescriptor")
              .invoke(null);
      return ((ServiceDescriptor) descriptor)
          .getMethods().stream().<AnyCall>map(AnyCall::new).toList();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no stub for " + service, e);
    }
  }

  /// Sends one request and tells what came of it; of a stream that goes on, its first message.
  Outcome with(Channel channel, String request) throws Exception {
    Message.Builder builder = prototype().newBuilderForType();
    TextFormat.merge(request, builder);
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    ClientCall<Message, Message> call =
        channel.newCall(method, CallOptions.DEFAULT.withDeadlineAfter(SECONDS, TimeUnit.SECONDS));
    call.start(new Answers(call, outcome), new Metadata());
    call.request(100);
    call.sendMessage(builder.build());
    call.halfClose();
    return outcome.get(2 * SECONDS, TimeUnit.SECONDS);
  }

  private Message prototype() {
    var marshaller = (MethodDescriptor.PrototypeMarshaller<?>) method.getRequestMarshaller();
    return (Message) Objects.requireNonNull(marshaller.getMessagePrototype());
  }

  /// Collects what is answered.
  private final class Answers extends ClientCall.Listener<Message> {
    private final ClientCall<Message, Message> call;
    private final CompletableFuture<Outcome> outcome;
    private final List<Message> answers = new ArrayList<>();

    Answers(ClientCall<Message, Message> call, CompletableFuture<Outcome> outcome) {
      this.call = call;
      this.outcome = outcome;
    }

    @Override
    public void onMessage(Message answer) {
      answers.add(answer);
      if (method.getType() == MethodDescriptor.MethodType.SERVER_STREAMING) {
        outcome.complete(Outcome.of(Status.OK, new Metadata(), answers));
        call.cancel("enough", null);
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      outcome.complete(Outcome.of(status, trailers, answers));
    }
  }
}
