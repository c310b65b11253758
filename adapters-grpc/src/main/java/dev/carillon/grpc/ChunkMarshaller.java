package dev.carillon.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.FieldViolation;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// Decodes the chunks of a stream, after a look at how many rows there are: an empty one takes two
/// bytes on the wire and many times that in memory.
final class ChunkMarshaller<T extends Message> implements PrototypeMarshaller<T> {
  private final T prototype;
  private final Class<T> type;
  private final int rows;
  private final int most;

  /// @param rows the number of the field that lists the rows
  /// @param most rows of a chunk
  // The class of an instance of T is one of T.
  @SuppressWarnings("unchecked")
  ChunkMarshaller(T prototype, int rows, int most) {
    this.prototype = prototype;
    this.type = (Class<T>) prototype.getClass();
    this.rows = rows;
    this.most = most;
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
  public InputStream stream(T chunk) {
    return chunk.toByteString().newInput();
  }

  @Override
  public T parse(InputStream stream) {
    try {
      byte[] bytes = stream.readAllBytes();
      check(CodedInputStream.newInstance(bytes));
      return type.cast(prototype.getParserForType().parseFrom(bytes));
    } catch (InvalidProtocolBufferException malformed) {
      throw CallStatuses.undecodable();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void check(CodedInputStream fields) throws IOException {
    int count = 0;
    for (int tag = fields.readTag(); tag != 0; tag = fields.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == rows) {
        count++;
      }
      fields.skipField(tag);
    }
    if (count > most) {
      String field = prototype.getDescriptorForType().findFieldByNumber(rows).getName();
      throw ErrorStatuses.of(
          new DomainError.InvalidFields(
              List.of(
                  new FieldViolation(
                      field, "must be at most " + most + " in one chunk, not " + count))),
          EntryPaths.ENTRIES);
    }
  }
}
