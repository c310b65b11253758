package dev.carillon.application.admin;

import dev.carillon.application.Idempotency;
import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.ApiKeys;
import dev.carillon.domain.business.ApiKey;
import dev.carillon.domain.business.ApiKeyId;
import dev.carillon.domain.business.AuditEntry.Subject;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Permission;
import java.time.InstantSource;
import java.util.Map;

/// Revokes an API key for good: it opens nothing any more on any node within 5 s.
public final class RevokeApiKey {
  private static final String METHOD = "RevokeApiKey";

  private final Idempotency idempotency;
  private final ApiKeys keys;
  private final Trail trail;
  private final InstantSource clock;

  public RevokeApiKey(Idempotency idempotency, ApiKeys keys, Trail trail, InstantSource clock) {
    this.idempotency = idempotency;
    this.keys = keys;
    this.trail = trail;
    this.clock = clock;
  }

  /// The revoked key; one that was revoked before stays as it was. Throws a DomainException:
  /// RoleRequired, ScopeRequired, NotFound (another's, too, and for an administrator an
  /// operator's), RequestIdReused.
  public ApiKey handle(Command command) {
    Rights.require(command.caller(), Permission.KEYS);
    return idempotency.once(
        Idempotency.Request.of(
            command.caller().scope(), METHOD, command.requestId(), command.key().value()),
        () -> revoke(command),
        answer -> KnownKeys.remembered(keys, answer));
  }

  private Map<String, String> revoke(Command command) {
    ApiKey before =
        keys.find(command.key())
            .filter(key -> KeyHolders.mayHandle(command.caller(), key))
            .orElseThrow(() -> KnownKeys.notFound(command.key()));
    if (keys.revoke(before.id(), command.caller().principal(), clock.instant())) {
      ApiKey after = keys.find(before.id()).orElse(before);
      trail.note(
          command.caller(),
          METHOD,
          Subject.within(before.scope(), before.id().value()),
          KnownKeys.fields(before),
          KnownKeys.fields(after));
    }
    return KnownKeys.remember(before.id());
  }

  /// Which key.
  ///
  /// @param requestId may be empty
  public record Command(Caller caller, String requestId, ApiKeyId key) {}
}
