package dev.carillon.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Decodes requests after a look at what is on the wire: an empty entry takes two bytes there and
/// many times that in memory.
final class LookingMarshaller<T extends Message> implements PrototypeMarshaller<T> {
  private final T prototype;
  private final Class<T> type;
  private final Look look;

  // The class of an instance of T is one of T.
  @SuppressWarnings("unchecked")
  LookingMarshaller(T prototype, Look look) {
    this.prototype = prototype;
    this.type = (Class<T>) prototype.getClass();
    this.look = look;
  }

  @Override
  public Class<T> getMessageClass() {
    return type;
  }

  @Override
  public T getMessagePrototype() {
    return prototype;
  }

  @Override
  public InputStream stream(T request) {
    return request.toByteString().newInput();
  }

  @Override
  public T parse(InputStream stream) {
    try {
      byte[] bytes = stream.readAllBytes();
      look.at(CodedInputStream.newInstance(bytes));
      return type.cast(prototype.getParserForType().parseFrom(bytes));
    } catch (InvalidProtocolBufferException malformed) {
      throw CallStatuses.undecodable();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// Refuses what has too many entries.
  interface Look {
    void at(CodedInputStream fields) throws IOException;
  }
}
