package dev.carillon.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.v1.CreateBulkJobRequest;
import java.io.IOException;
import java.util.List;

/// How many recipients a submission lists, counted before it is decoded.
final class ListedRecipients {
  private int to;
  private int entries;
  private int recipients;

  /// Adds those of a CreateBulkJobRequest, up to the end of what can be read.
  void count(CodedInputStream fields) throws IOException {
    for (int tag = fields.readTag(); tag != 0; tag = fields.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case CreateBulkJobRequest.TO_FIELD_NUMBER -> to++;
        case CreateBulkJobRequest.ENTRIES_FIELD_NUMBER -> entries++;
        case CreateBulkJobRequest.RECIPIENT_IDS_FIELD_NUMBER -> {
          recipients += ids(tag, fields);
          continue;
        }
        default -> {}
      }
      fields.skipField(tag);
    }
  }

  /// Adds those of the CreateBulkJobRequests in one field of another message: of several a decoder
  /// makes one.
  void countWithin(int field, CodedInputStream fields) throws IOException {
    for (int tag = fields.readTag(); tag != 0; tag = fields.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == field
          && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        int outer = fields.pushLimit(fields.readRawVarint32());
        count(fields);
        fields.popLimit(outer);
      } else {
        fields.skipField(tag);
      }
    }
  }

  /// Throws a status with the way in which there are too many.
  ///
  /// @param place what stands before the submission's fields in their paths
  void refuseMoreThan(int most, String place) {
    refuseMoreThan(most, place, EntryPaths.RECIPIENT_IDS, recipients);
    refuseMoreThan(most, place, EntryPaths.TO, to);
    refuseMoreThan(most, place, EntryPaths.ENTRIES, entries);
  }

  private static void refuseMoreThan(int most, String place, EntryPaths paths, int count) {
    if (count > most) {
      throw ErrorStatuses.of(
          new DomainError.InvalidFields(
              List.of(
                  new FieldViolation(
                      place + paths.field(),
                      "must contain at most " + most + " recipients, not " + count))),
          paths);
    }
  }

  /// How many numbers a field holds, packed or alone: each ends with a byte whose highest bit is
  /// not set (Protocol Buffers, "Base 128 Varints").
  private static int ids(int tag, CodedInputStream fields) throws IOException {
    if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      fields.skipField(tag);
      return 1;
    }
    int ends = 0;
    for (byte part : fields.readByteArray()) {
      ends += part >= 0 ? 1 : 0;
    }
    return ends;
  }
}
