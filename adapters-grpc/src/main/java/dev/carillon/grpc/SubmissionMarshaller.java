package dev.carillon.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.EstimateBulkJobRequest;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Decodes submissions, after a look at how many recipients there are: an empty one takes two bytes
/// on the wire and twenty times that in memory.
final class SubmissionMarshaller<T extends Message> implements PrototypeMarshaller<T> {
  private final T prototype;
  private final Class<T> type;
  private final Look look;

  // The class of an instance of T is one of T.
  @SuppressWarnings("unchecked")
  private SubmissionMarshaller(T prototype, Look look) {
    this.prototype = prototype;
    this.type = (Class<T>) prototype.getClass();
    this.look = look;
  }

  /// Of submissions that are to be accepted.
  static SubmissionMarshaller<CreateBulkJobRequest> accepting(int mostRecipients) {
    return new SubmissionMarshaller<>(
        CreateBulkJobRequest.getDefaultInstance(),
        fields -> {
          ListedRecipients listed = new ListedRecipients();
          listed.count(fields);
          listed.refuseMoreThan(mostRecipients, "");
        });
  }

  /// Of submissions that are to be estimated.
  static SubmissionMarshaller<EstimateBulkJobRequest> estimating(int mostRecipients) {
    return new SubmissionMarshaller<>(
        EstimateBulkJobRequest.getDefaultInstance(),
        fields -> {
          ListedRecipients listed = new ListedRecipients();
          listed.countWithin(EstimateBulkJobRequest.SUBMISSION_FIELD_NUMBER, fields);
          listed.refuseMoreThan(mostRecipients, EstimateMapping.SUBMISSION + ".");
        });
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

  /// Refuses what has too many recipients.
  private interface Look {
    void at(CodedInputStream fields) throws IOException;
  }
}
