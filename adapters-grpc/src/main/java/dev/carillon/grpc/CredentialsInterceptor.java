package dev.carillon.grpc;

import dev.carillon.application.port.Credentials;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Lets a call in that brings a living API key, and tells the service who calls. The key alone says
/// who that is; what else the call claims must agree with it.
final class CredentialsInterceptor implements ServerInterceptor {
  static final Metadata.Key<String> API_KEY = key("x-api-key");
  static final Metadata.Key<String> PING_API_KEY = key("x-ping-api-key");
  static final Metadata.Key<String> AUTHORIZATION = key("authorization");
  static final Metadata.Key<String> USER_TYPE = key("user-type");
  static final Metadata.Key<String> BUSINESS_ID = key("x-business-id");

  private static final Set<String> USER_TYPES = Set.of("user", "adminuser", "agent");
  private static final String BEARER = "bearer ";
  private static final int LONGEST_KEY = 512;

  private final Credentials credentials;

  CredentialsInterceptor(Credentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    Caller caller = caller(headers);
    checkClaims(headers, caller);
    return Contexts.interceptCall(Callers.with(caller), call, headers, next);
  }

  private Caller caller(Metadata headers) {
    Set<String> keys = new LinkedHashSet<>();
    addAll(keys, headers.getAll(API_KEY));
    addAll(keys, headers.getAll(PING_API_KEY));
    addAll(keys, headers.getAll(AUTHORIZATION), CredentialsInterceptor::bearer);
    if (keys.isEmpty()) {
      throw invalid("an API key is needed: x-api-key, or authorization: Bearer");
    }
    if (keys.size() > 1) {
      throw invalid("there are several credentials, and they differ");
    }
    String key = keys.iterator().next();
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw invalid("the API key is not valid");
    }
    return credentials.byApiKey(key).orElseThrow(() -> invalid("the API key is not valid"));
  }

  private static void checkClaims(Metadata headers, Caller caller) {
    String userType = headers.get(USER_TYPE);
    if (userType != null && !USER_TYPES.contains(userType.strip().toLowerCase(Locale.ROOT))) {
      throw invalid("user-type is none of user, adminuser, agent");
    }
    String business = headers.get(BUSINESS_ID);
    String own = Long.toString(caller.scope().business().value());
    if (business != null && !business.strip().equals(own)) {
      throw invalid("x-business-id is not the business of the API key");
    }
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
      throw invalid("authorization must be Bearer and an API key");
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
