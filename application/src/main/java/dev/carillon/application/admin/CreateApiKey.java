package dev.carillon.application.admin;

import dev.carillon.application.Idempotency;
import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.ApiKeys;
import dev.carillon.application.port.Businesses;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.Secrets;
import dev.carillon.domain.business.ApiKey;
import dev.carillon.domain.business.ApiKeyForm;
import dev.carillon.domain.business.ApiKeyId;
import dev.carillon.domain.business.AuditEntry.Subject;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes an API key. It is shown once, in the first answer, and stored as a hash only: nobody can
/// tell it again.
public final class CreateApiKey {
  private static final String METHOD = "CreateApiKey";

  private final Idempotency idempotency;
  private final ApiKeys keys;
  private final Businesses businesses;
  private final Trail trail;
  private final Making making;

  public CreateApiKey(
      Idempotency idempotency, ApiKeys keys, Businesses businesses, Trail trail, Making making) {
    this.idempotency = idempotency;
    this.keys = keys;
    this.businesses = businesses;
    this.trail = trail;
    this.making = making;
  }

  /// The key, or the one that this request id made before, then without its secret. An operator
  /// makes keys for every business, an administrator for its own business and environment, and
  /// nobody makes one that may do more than himself. Throws a DomainException: RoleRequired,
  /// ScopeRequired, InvalidFields, NotFound, RequestIdReused.
  public Result handle(Command command) {
    Rights.require(command.caller(), Permission.KEYS);
    KeyHolders.requireOwn(command.caller(), command.scope().business());
    KeyRules.check(command, making.clock().instant());
    Once once = new Once();
    ApiKey key =
        idempotency.once(
            request(command),
            () -> create(command, once),
            answer -> KnownKeys.remembered(keys, answer));
    return new Result(key, key.id().equals(once.key) ? once.secret : null);
  }

  private Map<String, String> create(Command command, Once once) {
    KnownBusinesses.find(businesses, command.scope().business());
    Instant now = making.clock().instant();
    String secret = ApiKeyForm.of(command.scope().environment(), making.secrets().next());
    ApiKey key =
        new ApiKey(
            new ApiKeyId(ApiKeyId.PREFIX + making.ids().nextId(now)),
            command.scope(),
            command.role(),
            command.name(),
            command.scopes(),
            now,
            command.caller().principal(),
            ApiKey.Life.until(command.expiresAt()));
    keys.insert(key, secret);
    trail.note(
        command.caller(),
        METHOD,
        Subject.within(key.scope(), key.id().value()),
        Map.of(),
        KnownKeys.fields(key));
    once.key = key.id();
    once.secret = secret;
    return KnownKeys.remember(key.id());
  }

  private static Idempotency.Request request(Command command) {
    Set<Permission> scopes = command.scopes();
    return Idempotency.Request.of(
        command.caller().scope(),
        METHOD,
        command.requestId(),
        command.scope().toString(),
        command.role().name(),
        command.name(),
        scopes == null ? "" : scopes.stream().sorted().toList().toString(),
        String.valueOf(command.expiresAt()));
  }

  /// Where what is new about a key comes from.
  public record Making(Secrets secrets, IdSource ids, InstantSource clock) {}

  /// What it shall be.
  ///
  /// @param requestId may be empty
  /// @param scopes the permissions of the role that it is for; null for all
  /// @param expiresAt null for never
  public record Command(
      Caller caller,
      String requestId,
      Scope scope,
      Role role,
      String name,
      @Nullable Set<Permission> scopes,
      @Nullable Instant expiresAt) {}

  /// The key.
  ///
  /// @param secret the key itself; null where it was shown before
  public record Result(ApiKey key, @Nullable String secret) {
    @Override
    public String toString() {
      return "CreateApiKey.Result[" + key.id() + "]";
    }
  }

  /// Holds the secret of a key that this call made. A transaction that is tried again makes
  /// another, or finds that somebody else has made the key meanwhile.
  private static final class Once {
    private @Nullable ApiKeyId key;
    private @Nullable String secret;
  }
}
