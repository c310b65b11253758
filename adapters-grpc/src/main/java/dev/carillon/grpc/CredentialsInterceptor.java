package dev.carillon.grpc;

import dev.carillon.application.credentials.Authenticate;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Lets a call in that brings a living API key or a genuine token, and tells the service who calls.
/// A stream goes on as long as that holds.
final class CredentialsInterceptor implements ServerInterceptor {
  static final Metadata.Key<String> API_KEY = key("x-api-key");
  static final Metadata.Key<String> PING_API_KEY = key("x-ping-api-key");
  static final Metadata.Key<String> AUTHORIZATION = key("authorization");
  static final Metadata.Key<String> USER_TYPE = key("user-type");
  static final Metadata.Key<String> BUSINESS_ID = key("x-business-id");

  private static final String BEARER = "bearer ";
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Authenticate authenticate;

  CredentialsInterceptor(Authenticate authenticate) {
    this.authenticate = authenticate;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    Authenticate.Query query = query(headers);
    Context context = Callers.with(authenticate.handle(query));
    if (call.getMethodDescriptor().getType() == MethodType.UNARY) {
      return Contexts.interceptCall(context, call, headers, next);
    }
    StreamGuard guard = new StreamGuard(() -> authenticate.handle(query), LOOK_AGAIN);
    return guard.guard(Contexts.interceptCall(context, guard.guard(call), headers, next));
  }

  private static Authenticate.Query query(Metadata headers) {
    Set<String> keys = new LinkedHashSet<>();
    addAll(keys, headers.getAll(API_KEY));
    addAll(keys, headers.getAll(PING_API_KEY));
    boolean bearer = keys.isEmpty();
    addAll(keys, headers.getAll(AUTHORIZATION), CredentialsInterceptor::bearer);
    if (keys.isEmpty()) {
      throw invalid("a credential is needed: x-api-key, or authorization: Bearer");
    }
    if (keys.size() > 1) {
      throw invalid("there are several credentials, and they differ");
    }
    return new Authenticate.Query(
        keys.iterator().next(), bearer, one(headers, USER_TYPE), one(headers, BUSINESS_ID));
  }

  /// A claim that is made twice, in two ways, is not to be chosen from.
  private static @Nullable String one(Metadata headers, Metadata.Key<String> name) {
    Set<String> values = new LinkedHashSet<>();
    addAll(values, headers.getAll(name));
    if (values.size() > 1) {
      throw invalid(name.name() + " is there more than once, and differs");
    }
    return values.isEmpty() ? null : values.iterator().next();
  }

  private static void addAll(Set<String> keys, @Nullable Iterable<String> values) {
    addAll(keys, values, String::strip);
  }

  private static void addAll(
      Set<String> keys, @Nullable Iterable<String> values, UnaryOperator<String> read) {
    if (values != null) {
      values.forEach(value -> keys.add(read.apply(value)));
    }
  }

  private static String bearer(String value) {
    if (!value.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      throw invalid("authorization must be Bearer and an API key or a token");
    }
    return value.substring(BEARER.length()).strip();
  }

  private static DomainException invalid(String description) {
    return new DomainException(new DomainError.InvalidCredentials(description));
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
