package dev.carillon.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.v1.CreateBulkJobRequest;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// Decodes submissions, after a look at how many recipients there are: an empty one takes two bytes
/// on the wire and twenty times that in memory.
final class SubmissionMarshaller implements PrototypeMarshaller<CreateBulkJobRequest> {
  private final int mostRecipients;

  SubmissionMarshaller(int mostRecipients) {
    this.mostRecipients = mostRecipients;
  }

  @Override
  public Class<CreateBulkJobRequest> getMessageClass() {
    return CreateBulkJobRequest.class;
  }

  @Override
  public CreateBulkJobRequest getMessagePrototype() {
    return CreateBulkJobRequest.getDefaultInstance();
  }

  @Override
  public InputStream stream(CreateBulkJobRequest request) {
    return request.toByteString().newInput();
  }

  @Override
  public CreateBulkJobRequest parse(InputStream stream) {
    try {
      byte[] bytes = stream.readAllBytes();
      check(CodedInputStream.newInstance(bytes));
      return CreateBulkJobRequest.parseFrom(bytes);
    } catch (InvalidProtocolBufferException malformed) {
      throw ErrorStatuses.undecodable();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void check(CodedInputStream fields) throws IOException {
    int to = 0;
    int entries = 0;
    int recipients = 0;
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
    refuseMoreThanMost(EntryPaths.RECIPIENT_IDS, recipients);
    refuseMoreThanMost(EntryPaths.TO, to);
    refuseMoreThanMost(EntryPaths.ENTRIES, entries);
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

  private void refuseMoreThanMost(EntryPaths paths, int count) {
    if (count > mostRecipients) {
      throw ErrorStatuses.of(
          new DomainError.InvalidFields(
              List.of(
                  new FieldViolation(
                      paths.field(),
                      "must contain at most " + mostRecipients + " recipients, not " + count))),
          paths);
    }
  }
}
