package dev.carillon.grpc;

import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;

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
    @Override
    public Decoded<T> parse(InputStream stream) {
      try {
        return new Whole<>(marshaller.parse(stream));
      } catch (StatusRuntimeException refused) {
        return new Refused<>(
            refused.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED
                ? ErrorStatuses.tooLarge(mostBytes)
                : ErrorStatuses.undecodable());
      }
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
