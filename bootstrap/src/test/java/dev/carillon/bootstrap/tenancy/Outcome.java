package dev.carillon.bootstrap.tenancy;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Everything that a caller was told: status, message, details, and whatever was answered.
///
/// @param answers what was answered, all of it part of what was told
record Outcome(Status.Code code, String told, List<Message> answers) {
  private static final List<Class<? extends Message>> DETAILS =
      List.of(
          ErrorInfo.class,
          ResourceInfo.class,
          BadRequest.class,
          PreconditionFailure.class,
          QuotaFailure.class,
          RetryInfo.class);

  static Outcome of(Status status, Metadata trailers, List<Message> answers) {
    com.google.rpc.Status complete = StatusProto.fromStatusAndTrailers(status, trailers);
    String details =
        complete.getDetailsList().stream().map(Outcome::text).collect(Collectors.joining("\n"));
    String answered = answers.stream().map(Message::toString).collect(Collectors.joining("\n"));
    return new Outcome(
        status.getCode(),
        complete.getMessage() + "\n" + details + "\n" + answered,
        List.copyOf(answers));
  }

  /// What was told, without the ids that were asked for and what differs from call to call anyway.
  String masked(List<String> asked) {
    String masked = told;
    for (String id : asked) {
      masked = masked.replaceAll("(?<![\\w-])" + Pattern.quote(id) + "(?![\\w-])", "<id>");
    }
    return code
        + " "
        + masked
            .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uuid>")
            .replaceAll("(seconds|nanos|incident|\\w*token|etag): \\S+", "$1: <any>")
            .replaceAll("whsec_[A-Za-z0-9+/=]+", "whsec_<any>")
            .replaceAll("(?m)^(\\s*(entry_)?id): \\d+$", "$1: <number>")
            .replaceAll("(?s)available \\{.*?\\}", "available");
  }

  private static String text(Any detail) {
    for (Class<? extends Message> type : DETAILS) {
      if (detail.is(type)) {
        try {
          return type.getSimpleName() + " " + detail.unpack(type);
        } catch (InvalidProtocolBufferException torn) {
          throw new AssertionError(torn);
        }
      }
    }
    throw new AssertionError("a detail of another kind: " + detail.getTypeUrl());
  }
}
