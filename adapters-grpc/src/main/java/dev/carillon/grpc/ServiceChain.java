package dev.carillon.grpc;

import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;

/// What a call goes through before it reaches a service of Carillon: decoding, errors, credentials,
/// admission, validation, in this order.
final class ServiceChain implements AutoCloseable {
  private final DecodingGuard decoding;
  private final ErrorInterceptor errors;
  private final CredentialsInterceptor credentials;
  private final AdmissionInterceptor admission;
  private final ValidationInterceptor validation;

  ServiceChain(
      DecodingGuard decoding,
      ErrorInterceptor errors,
      CredentialsInterceptor credentials,
      AdmissionInterceptor admission,
      ValidationInterceptor validation) {
    this.decoding = decoding;
    this.errors = errors;
    this.credentials = credentials;
    this.admission = admission;
    this.validation = validation;
  }

  ServerServiceDefinition behindAll(BindableService service) {
    return decoding.guard(
        ServerInterceptors.interceptForward(
            service, errors, credentials, admission, validation));
  }

  /// For services that need neither credentials nor rules.
  ErrorInterceptor errors() {
    return errors;
  }

  @Override
  public void close() {
    admission.close();
  }
}
