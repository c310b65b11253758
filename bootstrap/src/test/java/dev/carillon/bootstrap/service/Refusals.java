package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Reads what a refused call was told.
final class Refusals {
  private final StatusRuntimeException refusal;

  private Refusals(StatusRuntimeException refusal) {
    this.refusal = refusal;
  }

  static Refusals of(ThrowingCallable call) {
    return new Refusals(catchThrowableOfType(StatusRuntimeException.class, call));
  }

  Refusals has(Status.Code code, String reason) throws InvalidProtocolBufferException {
    assertThat(refusal.getStatus().getCode()).as(refusal.getMessage()).isEqualTo(code);
    for (Any detail : details()) {
      if (detail.is(ErrorInfo.class)) {
        ErrorInfo info = detail.unpack(ErrorInfo.class);
        assertThat(info.getReason()).isEqualTo(reason);
        assertThat(info.getDomain()).isEqualTo("carillon.dev");
        return this;
      }
    }
    throw new AssertionError("a refusal without ErrorInfo", refusal);
  }

  /// What the refusal tells programs.
  Map<String, String> facts() throws InvalidProtocolBufferException {
    for (Any detail : details()) {
      if (detail.is(ErrorInfo.class)) {
        return detail.unpack(ErrorInfo.class).getMetadataMap();
      }
    }
    return Map.of();
  }

  /// The fields that the refusal names.
  List<String> fields() throws InvalidProtocolBufferException {
    for (Any detail : details()) {
      if (detail.is(BadRequest.class)) {
        return detail.unpack(BadRequest.class).getFieldViolationsList().stream()
            .map(BadRequest.FieldViolation::getField)
            .toList();
      }
    }
    return List.of();
  }

  private List<Any> details() {
    com.google.rpc.Status status = StatusProto.fromThrowable(refusal);
    return status == null ? List.of() : status.getDetailsList();
  }
}
