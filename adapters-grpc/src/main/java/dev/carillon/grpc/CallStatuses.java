package dev.carillon.grpc;

import com.google.rpc.Code;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Objects;

/// What a call is ended by that is no refusal of a use case: it did not get so far, its caller or
/// this node is gone, or something went wrong.
final class CallStatuses {
  private static final String INVALID_REQUEST = "INVALID_REQUEST";
  private static final int LONGEST_PATH = 200;
  private static final Duration NEXT_NODE = Duration.ofSeconds(1);

  private CallStatuses() {}

  /// Anything unforeseen. The text of what happened stays in the log, under the same id.
  static StatusRuntimeException incident(String id) {
    return Refusal.of(Code.INTERNAL, "INTERNAL", "something went wrong here; incident " + id)
        .fact("incident_id", id)
        .toException();
  }

  /// The bytes are no message of this method.
  static StatusRuntimeException undecodable() {
    return Refusal.of(
            Code.INVALID_ARGUMENT,
            INVALID_REQUEST,
            "the request is not a well-formed protobuf message of this method, with all strings in"
                + " UTF-8")
        .toException();
  }

  /// The message, unpacked, is larger than the limit.
  static StatusRuntimeException tooLarge(int mostBytes) {
    return Refusal.of(
            Code.RESOURCE_EXHAUSTED,
            "REQUEST_TOO_LARGE",
            "the request is larger than " + mostBytes + " bytes")
        .fact("max_bytes", mostBytes)
        .toException();
  }

  /// The caller did not finish sending the request.
  static StatusRuntimeException tooSlow(Duration most) {
    return Refusal.of(
            Code.DEADLINE_EXCEEDED,
            "REQUEST_TOO_SLOW",
            "the request did not arrive within " + most.toMillis() + " ms")
        .toException();
  }

  /// The caller did not take what it had asked for.
  static StatusRuntimeException unread(Duration most) {
    return Refusal.of(
            Code.DEADLINE_EXCEEDED,
            "READER_TOO_SLOW",
            "nothing was read for " + most.toSeconds() + " s; go on after what you have")
        .toException();
  }

  /// The caller's deadline is over: nothing was done.
  static StatusRuntimeException deadlineExceeded() {
    return Refusal.of(
            Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "the deadline was over; nothing was done")
        .toException();
  }

  /// The caller does not want the answer any more: nothing was done.
  static StatusRuntimeException cancelled() {
    return Refusal.of(Code.CANCELLED, "CANCELLED", "cancelled by the caller; nothing was done")
        .toException();
  }

  /// This node is stopping; another one goes on.
  static StatusRuntimeException draining() {
    return Refusal.of(
            Code.UNAVAILABLE, "SERVICE_DRAINING", "this node is stopping; go on at another one")
        .retryAfter(NEXT_NODE)
        .toException();
  }

  /// There is no such method.
  static StatusRuntimeException unknownMethod(String method) {
    return Refusal.of(Code.UNIMPLEMENTED, "METHOD_NOT_FOUND", "there is no such method")
        .fact("method", FieldPaths.shown(method, LONGEST_PATH))
        .toException();
  }

  /// A status that a library made, with an ErrorInfo if it has none.
  static StatusRuntimeException complete(Status status, Metadata trailers) {
    StatusRuntimeException given = status.asRuntimeException(trailers);
    com.google.rpc.Status known = StatusProto.fromThrowable(given);
    if (known != null && known.getDetailsCount() > 0) {
      return given;
    }
    StatusRuntimeException completed =
        Refusal.of(
                Code.forNumber(status.getCode().value()),
                status.getCode() == Status.Code.INTERNAL
                    ? INVALID_REQUEST
                    : status.getCode().name(),
                Objects.requireNonNullElse(status.getDescription(), "refused"))
            .toException();
    Metadata made = completed.getTrailers();
    if (made != null) {
      trailers.merge(made);
    }
    return completed.getStatus().withCause(status.getCause()).asRuntimeException(trailers);
  }
}
