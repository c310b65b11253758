package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.memory.SequentialIds;
import dev.carillon.application.port.ApiKeys;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.ApiKey;
import dev.carillon.domain.business.ApiKeyId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store keeps about API keys.
public abstract class ApiKeysContract {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");
  private static final SequentialIds IDS = new SequentialIds();
  private static final ApiKeyId NONE = new ApiKeyId("key_none");

  private @Nullable Ports ports;
  private @Nullable Scope scope;

  /// Connects to the store; called once for every test.
  protected abstract Ports newPorts();

  /// What is known about the keys of that store.
  protected abstract ApiKeys keys();

  @BeforeEach
  void open() {
    Ports opened = newPorts();
    ports = opened;
    scope = opened.newScope().get();
  }

  @Test
  void keepsAKeyAsItWasMade() {
    ApiKey plain = insert(key(scope(), null, null));
    ApiKey narrow =
        insert(key(scope(), Set.of(Permission.READ, Permission.SEND), NOW.plusSeconds(60)));

    assertThat(keys().find(plain.id())).contains(plain);
    assertThat(keys().find(narrow.id())).contains(narrow);
    assertThat(keys().find(NONE)).isEmpty();
  }

  @Test
  void revokesOnce() {
    ApiKey key = insert(key(scope(), null, null));

    assertThat(revoke(key.id(), NOW.plusSeconds(1))).isTrue();
    assertThat(revoke(key.id(), NOW.plusSeconds(2))).isFalse();
    assertThat(revoke(NONE, NOW)).isFalse();
    assertThat(keys().find(key.id()).orElseThrow().life())
        .isEqualTo(new ApiKey.Life(null, null, NOW.plusSeconds(1), "anna"));
  }

  @Test
  void undoesWhatIsGivenUp() {
    ApiKey key = insert(key(scope(), null, null));
    ApiKey lost = key(scope(), null, null);

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  keys().insert(lost, secret());
                  assertThat(keys().revoke(key.id(), "anna", NOW)).isTrue();
                  throw new Abandoned();
                }))
        .isInstanceOf(Abandoned.class);
    assertThat(keys().find(lost.id())).isEmpty();
    assertThat(keys().find(key.id())).contains(key);
  }

  @Test
  void listsPageByPageTheNewestFirst() {
    Scope test = new Scope(scope().business(), Environment.TEST);
    ApiKey first = insert(key(scope(), null, null));
    ApiKey second = insert(key(test, null, null));
    ApiKey third = insert(key(scope(), null, null));
    insert(key(ports().newScope().get(), null, null));

    Page<ApiKey> page = list(null, null, 2, 0, OptionalLong.empty());
    assertThat(page.items()).containsExactly(third, second);
    assertThat(page.totalSize()).isEqualTo(3);
    assertThat(list(null, null, 2, 0, page.next()).items()).containsExactly(first);
    assertThat(list(null, null, 2, 0, page.next()).next()).isEmpty();
    assertThat(list(null, null, 2, 1, OptionalLong.empty()).items()).containsExactly(second, first);
    assertThat(list(Environment.TEST, null, 2, 0, OptionalLong.empty()).items())
        .containsExactly(second);
  }

  @Test
  void leavesOutThoseThatOpenNothingAnyMore() {
    ApiKey living = insert(key(scope(), null, NOW.plusSeconds(1)));
    insert(key(scope(), null, NOW));
    ApiKey revoked = insert(key(scope(), null, null));
    revoke(revoked.id(), NOW);

    Page<ApiKey> page = list(null, NOW, 10, 0, OptionalLong.empty());
    assertThat(page.items()).containsExactly(living);
    assertThat(page.totalSize()).isEqualTo(1);
    assertThat(list(null, null, 10, 0, OptionalLong.empty()).totalSize()).isEqualTo(3);
  }

  @Test
  void notesTheLatestUse() {
    ApiKey one = insert(key(scope(), null, null));
    ApiKey two = insert(key(scope(), null, null));
    ApiKey unused = insert(key(scope(), null, null));

    keys().noteUses(Map.of(one.id(), NOW.plusSeconds(5), two.id(), NOW, NONE, NOW));
    keys().noteUses(Map.of(one.id(), NOW.plusSeconds(3), two.id(), NOW.plusSeconds(4)));

    assertThat(lastUse(one)).isEqualTo(NOW.plusSeconds(5));
    assertThat(lastUse(two)).isEqualTo(NOW.plusSeconds(4));
    assertThat(lastUse(unused)).isNull();
  }

  protected final Ports ports() {
    return Objects.requireNonNull(ports);
  }

  protected final Scope scope() {
    return Objects.requireNonNull(scope);
  }

  /// A key that is not stored yet.
  protected static ApiKey key(
      Scope scope, @Nullable Set<Permission> scopes, @Nullable Instant expiresAt) {
    return new ApiKey(
        new ApiKeyId(ApiKeyId.PREFIX + IDS.nextId(NOW)),
        scope,
        Role.USER,
        "till",
        scopes,
        NOW,
        "anna",
        ApiKey.Life.until(expiresAt));
  }

  private ApiKey insert(ApiKey key) {
    ports().transactions().run(() -> keys().insert(key, secret()));
    return key;
  }

  private boolean revoke(ApiKeyId id, Instant at) {
    return ports().transactions().inTransaction(() -> keys().revoke(id, "anna", at));
  }

  private Page<ApiKey> list(
      @Nullable Environment environment,
      @Nullable Instant livingAt,
      int size,
      int skip,
      OptionalLong after) {
    return keys()
        .list(scope().business(), environment, livingAt, new PageRequest(size, skip, after));
  }

  private @Nullable Instant lastUse(ApiKey key) {
    return keys().find(key.id()).orElseThrow().life().lastUsedAt();
  }

  private static String secret() {
    return "sk_live_" + UUID.randomUUID();
  }

  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
