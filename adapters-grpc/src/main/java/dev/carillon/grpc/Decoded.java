package dev.carillon.grpc;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.Optional;

/// What came of decoding a request: the message, or why there is none. A refusal is a value here,
/// since gRPC turns an exception of a decoder into UNKNOWN.
sealed interface Decoded<T> {
  /// The message.
  record Whole<T>(T message) implements Decoded<T> {}

  /// No message.
  record Refused<T>(StatusRuntimeException status) implements Decoded<T> {}

  /// Decodes by another marshaller.
  ///
  /// @param mostBytes the limit that the other one is known to keep
  record Decoder<T>(Marshaller<T> marshaller, int mostBytes) implements Marshaller<Decoded<T>> {
    /// An empty message of this kind; none when the other one cannot make one.
    Optional<Message> prototype() {
      return marshaller instanceof PrototypeMarshaller<T> known
              && known.getMessagePrototype() instanceof Message message
          ? Optional.of(message)
          : Optional.empty();
    }

    @Override
    public Decoded<T> parse(InputStream stream) {
      try {
        return new Whole<>(marshaller.parse(stream));
      } catch (StatusRuntimeException refused) {
        return new Refused<>(explained(refused));
      }
    }

    private StatusRuntimeException explained(StatusRuntimeException refused) {
      if (refused.getTrailers() != null) {
        return refused;
      }
      return refused.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED
          ? CallStatuses.tooLarge(mostBytes)
          : CallStatuses.undecodable();
    }

    @Override
    public InputStream stream(Decoded<T> value) {
      return switch (value) {
        case Whole<T> whole -> marshaller.stream(whole.message());
        case Refused<T> refused -> throw refused.status();
      };
    }
  }
}
