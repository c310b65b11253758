package dev.carillon.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A status in the making: a code, an ErrorInfo (AIP-193) and what else a caller can use. It stays
/// small enough for the trailers of every client.
final class Refusal {
  /// Who the reasons belong to.
  static final String DOMAIN = "carillon.dev";

  /// Clients refuse more than 8,192 bytes of headers unless told otherwise (grpc-java's and
  /// grpc-core's default), and details travel in base64; the other 2,700 are for what stands
  /// beside.
  private static final int MOST_BYTES_OF_VIOLATIONS = 4_096;

  private static final int LONGEST_MESSAGE = 300;

  private final Code code;
  private final String message;
  private final ErrorInfo.Builder info;
  private final List<Message> details = new ArrayList<>();

  private Refusal(Code code, String reason, String message) {
    this.code = code;
    this.message = FieldPaths.shown(message, LONGEST_MESSAGE);
    this.info = ErrorInfo.newBuilder().setDomain(DOMAIN).setReason(reason);
  }

  static Refusal of(Code code, String reason, String message) {
    return new Refusal(code, reason, message);
  }

  /// A fact for programs.
  Refusal fact(String name, Object value) {
    info.putMetadata(name, String.valueOf(value));
    return this;
  }

  /// As many of the violations as fit; of the others only the number is told.
  Refusal badRequest(List<BadRequest.FieldViolation> violations) {
    BadRequest.Builder told = BadRequest.newBuilder();
    int bytes = 0;
    for (BadRequest.FieldViolation violation : violations) {
      bytes += violation.getSerializedSize();
      if (bytes > MOST_BYTES_OF_VIOLATIONS) {
        break;
      }
      told.addFieldViolations(violation);
    }
    fact("violations", violations.size());
    fact("violations_listed", told.getFieldViolationsCount());
    return detail(told.build());
  }

  Refusal resource(String type, String name) {
    return detail(ResourceInfo.newBuilder().setResourceType(type).setResourceName(name).build());
  }

  Refusal precondition(String type, String subject, String description) {
    return detail(
        PreconditionFailure.newBuilder()
            .addViolations(
                PreconditionFailure.Violation.newBuilder()
                    .setType(type)
                    .setSubject(subject)
                    .setDescription(description))
            .build());
  }

  Refusal quota(String subject, String description) {
    return detail(
        QuotaFailure.newBuilder()
            .addViolations(
                QuotaFailure.Violation.newBuilder().setSubject(subject).setDescription(description))
            .build());
  }

  Refusal retryAfter(Duration delay) {
    return detail(RetryInfo.newBuilder().setRetryDelay(ProtoValues.duration(delay)).build());
  }

  /// The finished status. Its trailers carry the details.
  StatusRuntimeException toException() {
    return StatusProto.toStatusRuntimeException(toProto());
  }

  /// The same where a status is part of an answer.
  Status toProto() {
    Status.Builder status =
        Status.newBuilder()
            .setCode(code.getNumber())
            .setMessage(message)
            .addDetails(Any.pack(info.build()));
    details.forEach(detail -> status.addDetails(Any.pack(detail)));
    return status.build();
  }

  private Refusal detail(Message detail) {
    details.add(detail);
    return this;
  }
}
