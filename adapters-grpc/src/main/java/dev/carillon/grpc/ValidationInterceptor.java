package dev.carillon.grpc;

import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.exceptions.ValidationException;
import com.google.protobuf.Message;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/// Refuses a request that breaks a rule of its .proto file, with the path of every field that does.
final class ValidationInterceptor implements ServerInterceptor {
  private final Validator validator;

  ValidationInterceptor(Validator validator) {
    this.validator = validator;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onMessage(Q message) {
        if (message instanceof Message request) {
          check(request);
        }
        super.onMessage(message);
      }
    };
  }

  /// Throws InvalidFields with everything that is wrong.
  void check(Message request) {
    ValidationResult result = validate(request);
    if (!result.isSuccess()) {
      throw new DomainException(
          new DomainError.InvalidFields(
              result.toProto().getViolationsList().stream()
                  .map(violation -> violation(request, violation))
                  .toList()));
    }
  }

  /// Makes the rules of this kind of request ready; the first check of any kind takes long.
  void warmUp(Message request) {
    var _ = validate(request);
  }

  private ValidationResult validate(Message request) {
    try {
      return validator.validate(request);
    } catch (ValidationException broken) {
      throw new IllegalStateException(
          "the rules of " + request.getDescriptorForType().getFullName() + " are broken", broken);
    }
  }

  private static FieldViolation violation(Message request, build.buf.validate.Violation violation) {
    return new FieldViolation(
        FieldPaths.of(violation.getField()),
        RuleWords.of(request.getDescriptorForType(), violation));
  }
}
