package dev.carillon.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.FieldViolation;
import java.io.IOException;
import java.util.List;

/// Decodes the chunks of a stream, after a look at how many rows there are.
final class ChunkMarshaller {
  private ChunkMarshaller() {}

  /// @param rows the number of the field that lists the rows
  /// @param most rows of a chunk
  static <T extends Message> LookingMarshaller<T> of(T prototype, int rows, int most) {
    return new LookingMarshaller<>(prototype, fields -> check(prototype, rows, most, fields));
  }

  private static void check(Message prototype, int rows, int most, CodedInputStream fields)
      throws IOException {
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
