package dev.carillon.grpc;

import dev.carillon.application.admin.CreateApiKey;
import dev.carillon.application.admin.ListApiKeys;
import dev.carillon.application.admin.ListAuditEntries;
import dev.carillon.application.admin.RevokeApiKey;
import dev.carillon.domain.business.ApiKeyId;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.v1.CreateApiKeyRequest;
import dev.carillon.v1.ListApiKeysRequest;
import dev.carillon.v1.ListAuditEntriesRequest;
import dev.carillon.v1.RevokeApiKeyRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Maps requests about API keys and the audit trail to the queries and commands of their use cases.
/// Throws InvalidFields with all that cannot be mapped.
final class KeyRequests {
  private KeyRequests() {}

  static CreateApiKey.Command create(Caller caller, CreateApiKeyRequest request) {
    Role role =
        ProtoEnums.USER_TYPE
            .toDomain(request.getUserType())
            .orElseThrow(() -> Violations.one("user_type", "must be given"));
    Environment environment =
        ProtoEnums.ENVIRONMENT
            .toDomain(request.getEnvironment())
            .orElse(caller.scope().environment());
    return new CreateApiKey.Command(
        caller,
        request.getRequestId(),
        new Scope(business(caller, request.getBusinessId()), environment),
        role,
        request.getName(),
        scopes(request),
        expiry(request));
  }

  static RevokeApiKey.Command revoke(Caller caller, RevokeApiKeyRequest request) {
    return new RevokeApiKey.Command(
        caller, request.getRequestId(), new ApiKeyId(request.getKeyId()));
  }

  static ListApiKeys.Query list(Caller caller, ListApiKeysRequest request) {
    return new ListApiKeys.Query(
        caller,
        business(caller, request.getBusinessId()),
        ProtoEnums.ENVIRONMENT.toDomain(request.getEnvironment()).orElse(null),
        request.getLivingOnly(),
        Paging.request(
            request.getPageSize(),
            request.getSkip(),
            request.getPageToken(),
            tokens(caller, request)));
  }

  /// The tokens of this list: its filters are part of them.
  static PageTokens tokens(Caller caller, ListApiKeysRequest request) {
    return PageTokens.of(
        caller.scope(), request.toBuilder().clearPageSize().clearPageToken().clearSkip().build());
  }

  static ListAuditEntries.Query listAudit(Caller caller, ListAuditEntriesRequest request) {
    long business = request.getBusinessId();
    return new ListAuditEntries.Query(
        caller,
        business == 0 ? null : new BusinessId(business),
        Paging.request(
            request.getPageSize(),
            request.getSkip(),
            request.getPageToken(),
            tokens(caller, request)));
  }

  /// The tokens of this list: its filters are part of them.
  static PageTokens tokens(Caller caller, ListAuditEntriesRequest request) {
    return PageTokens.of(
        caller.scope(), request.toBuilder().clearPageSize().clearPageToken().clearSkip().build());
  }

  private static BusinessId business(Caller caller, long given) {
    return given == 0 ? caller.scope().business() : new BusinessId(given);
  }

  private static @Nullable Set<Permission> scopes(CreateApiKeyRequest request) {
    return request.getScopesCount() == 0
        ? null
        : request.getScopesList().stream()
            .map(ProtoEnums.PERMISSION::toDomain)
            .flatMap(Optional::stream)
            .collect(Collectors.toUnmodifiableSet());
  }

  private static @Nullable Instant expiry(CreateApiKeyRequest request) {
    return request.hasExpireTime()
        ? ProtoValues.instant(request.getExpireTime())
            .orElseThrow(() -> Violations.one("expire_time", "must be a valid Timestamp"))
        : null;
  }
}
