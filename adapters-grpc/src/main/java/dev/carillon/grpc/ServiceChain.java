package dev.carillon.grpc;

import com.google.protobuf.Message;
import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.util.List;

/// What a call goes through before it reaches a service of Carillon: decoding, errors, credentials,
/// authorization, quota, admission, validation, tenancy, in this order.
final class ServiceChain implements AutoCloseable {
  private final DecodingGuard decoding;
  private final ErrorInterceptor errors;
  private final CredentialsInterceptor credentials;
  private final AuthorizationInterceptor authorization;
  private final QuotaInterceptor quota;
  private final AdmissionInterceptor admission;
  private final ValidationInterceptor validation;
  private final TenancyInterceptor tenancy;

  ServiceChain(
      DecodingGuard decoding,
      ErrorInterceptor errors,
      CredentialsInterceptor credentials,
      AuthorizationInterceptor authorization,
      QuotaInterceptor quota,
      AdmissionInterceptor admission,
      ValidationInterceptor validation,
      TenancyInterceptor tenancy) {
    this.decoding = decoding;
    this.errors = errors;
    this.credentials = credentials;
    this.authorization = authorization;
    this.quota = quota;
    this.admission = admission;
    this.validation = validation;
    this.tenancy = tenancy;
  }

  ServerServiceDefinition behindAll(BindableService service) {
    return decoding.guard(
        ServerInterceptors.interceptForward(
            service, errors, credentials, authorization, quota, admission, validation, tenancy));
  }

  /// Makes the rules of a service's requests ready on a thread of its own, so that no call waits
  /// for them, nor does the start.
  void warmUp(List<ServerServiceDefinition> services) {
    List<Message> requests =
        services.stream()
            .flatMap(service -> service.getMethods().stream())
            .map(method -> method.getMethodDescriptor().getRequestMarshaller())
            .filter(Decoded.Decoder.class::isInstance)
            .flatMap(marshaller -> ((Decoded.Decoder<?>) marshaller).prototype().stream())
            .toList();
    Thread.ofPlatform()
        .daemon()
        .name("grpc-warm-up")
        .start(() -> requests.forEach(validation::warmUp));
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
