package dev.carillon.grpc;

import com.google.protobuf.MessageLite;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Encodes a message that is sent to many readers about once, as long as it is the same object.
final class SharedEncoding<T extends MessageLite> implements Marshaller<T> {
  private static final int REMEMBERED = 256;

  private final Marshaller<T> plain;
  private final AtomicReferenceArray<@Nullable Encoded> encoded =
      new AtomicReferenceArray<>(REMEMBERED);

  SharedEncoding(Marshaller<T> plain) {
    this.plain = plain;
  }

  @Override
  public InputStream stream(T message) {
    int slot = System.identityHashCode(message) % REMEMBERED;
    Encoded known = encoded.get(slot);
    if (known == null || !known.isOf(message)) {
      known = new Encoded(message, message.toByteArray());
      encoded.set(slot, known);
    }
    return new Bytes(known.bytes);
  }

  @Override
  public T parse(InputStream stream) {
    return plain.parse(stream);
  }

  private static final class Encoded {
    private final MessageLite message;
    private final byte[] bytes;

    Encoded(MessageLite message, byte[] bytes) {
      this.message = message;
      this.bytes = bytes;
    }

    @SuppressWarnings("ReferenceEquality")
    boolean isOf(MessageLite other) {
      return message == other;
    }
  }

  /// Bytes that gRPC takes without asking for their length or a buffer in between.
  private static final class Bytes extends ByteArrayInputStream implements KnownLength, Drainable {
    Bytes(byte[] bytes) {
      super(bytes);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      return Math.toIntExact(transferTo(target));
    }
  }
}
