package dev.carillon.grpc;

import dev.carillon.application.admin.CreateApiKey;
import dev.carillon.application.port.Page;
import dev.carillon.domain.business.ApiKey;
import dev.carillon.domain.business.AuditEntry;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Permission;
import dev.carillon.v1.CreateApiKeyResponse;
import dev.carillon.v1.ListApiKeysResponse;
import dev.carillon.v1.ListAuditEntriesResponse;
import dev.carillon.v1.RevokeApiKeyResponse;
import java.util.Objects;
import java.util.Set;

/// Maps API keys and the audit trail to the answers of the API.
final class KeyResponses {
  private KeyResponses() {}

  static CreateApiKeyResponse created(CreateApiKey.Result result) {
    return CreateApiKeyResponse.newBuilder()
        .setApiKey(key(result.key()))
        .setSecret(Objects.requireNonNullElse(result.secret(), ""))
        .build();
  }

  static RevokeApiKeyResponse revoked(ApiKey key) {
    return RevokeApiKeyResponse.newBuilder().setApiKey(key(key)).build();
  }

  static ListApiKeysResponse listed(Page<ApiKey> page, PageTokens tokens) {
    return ListApiKeysResponse.newBuilder()
        .addAllApiKeys(page.items().stream().map(KeyResponses::key).toList())
        .setNextPageToken(tokens.next(page.next()))
        .setTotalSize(page.totalSize())
        .build();
  }

  static ListAuditEntriesResponse audit(Page<AuditEntry> page, PageTokens tokens) {
    return ListAuditEntriesResponse.newBuilder()
        .addAllAuditEntries(page.items().stream().map(KeyResponses::entry).toList())
        .setNextPageToken(tokens.next(page.next()))
        .setTotalSize(page.totalSize())
        .build();
  }

  private static dev.carillon.v1.ApiKey key(ApiKey key) {
    dev.carillon.v1.ApiKey.Builder response =
        dev.carillon.v1.ApiKey.newBuilder()
            .setKeyId(key.id().value())
            .setBusinessId(key.scope().business().value())
            .setEnvironment(ProtoEnums.ENVIRONMENT.toProto(key.scope().environment()))
            .setUserType(ProtoEnums.USER_TYPE.toProto(key.role()))
            .setName(key.name())
            .setCreateTime(ProtoValues.timestamp(key.createdAt()))
            .setCreatedBy(key.createdBy());
    Set<Permission> scopes = key.scopes();
    if (scopes != null) {
      scopes.stream().sorted().map(ProtoEnums.PERMISSION::toProto).forEach(response::addScopes);
    }
    life(response, key.life());
    return response.build();
  }

  private static void life(dev.carillon.v1.ApiKey.Builder response, ApiKey.Life life) {
    if (life.expiresAt() != null) {
      response.setExpireTime(ProtoValues.timestamp(life.expiresAt()));
    }
    if (life.lastUsedAt() != null) {
      response.setLastUseTime(ProtoValues.timestamp(life.lastUsedAt()));
    }
    if (life.revokedAt() != null) {
      response.setRevokeTime(ProtoValues.timestamp(life.revokedAt()));
    }
    if (life.revokedBy() != null) {
      response.setRevokedBy(life.revokedBy());
    }
  }

  private static dev.carillon.v1.AuditEntry entry(AuditEntry entry) {
    dev.carillon.v1.AuditEntry.Builder response =
        dev.carillon.v1.AuditEntry.newBuilder()
            .setCreateTime(ProtoValues.timestamp(entry.at()))
            .setPrincipal(entry.actor().principal())
            .setUserType(ProtoEnums.USER_TYPE.toProto(entry.actor().role()))
            .setAction(entry.action())
            .setSubject(entry.subject().name())
            .putAllBefore(entry.before())
            .putAllAfter(entry.after());
    BusinessId business = entry.subject().business();
    if (business != null) {
      response.setBusinessId(business.value());
    }
    Environment environment = entry.subject().environment();
    if (environment != null) {
      response.setEnvironment(ProtoEnums.ENVIRONMENT.toProto(environment));
    }
    return response.build();
  }
}
