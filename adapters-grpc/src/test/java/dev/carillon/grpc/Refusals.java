package dev.carillon.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Reads refusals as a client does.
final class Refusals {
  private Refusals() {}

  /// The refusal that a call is answered by.
  static StatusRuntimeException of(ThrowingCallable call) {
    return Assertions.catchThrowableOfType(StatusRuntimeException.class, call);
  }

  static Status status(StatusRuntimeException refusal) {
    return Objects.requireNonNull(StatusProto.fromThrowable(refusal));
  }

  static ErrorInfo info(StatusRuntimeException refusal) {
    return detail(refusal, ErrorInfo.class);
  }

  static String reason(StatusRuntimeException refusal) {
    return info(refusal).getReason();
  }

  static List<String> paths(StatusRuntimeException refusal) {
    return detail(refusal, BadRequest.class).getFieldViolationsList().stream()
        .map(BadRequest.FieldViolation::getField)
        .toList();
  }

  static <T extends Message> T detail(StatusRuntimeException refusal, Class<T> type) {
    for (Any detail : status(refusal).getDetailsList()) {
      if (detail.is(type)) {
        try {
          return detail.unpack(type);
        } catch (InvalidProtocolBufferException broken) {
          throw new AssertionError("a detail cannot be read", broken);
        }
      }
    }
    throw new AssertionError("no " + type.getSimpleName() + " in " + status(refusal));
  }
}
