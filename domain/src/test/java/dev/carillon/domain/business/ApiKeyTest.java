package dev.carillon.domain.business;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void opensWhatItsRoleMayWithoutScopes() {
    assertThat(key(null, ApiKey.Life.until(null)).permissions()).isEqualTo(Role.USER.permissions());
  }

  @Test
  void opensNoMoreThanItsRoleWithScopes() {
    ApiKey key = key(Set.of(Permission.READ, Permission.OPERATE), ApiKey.Life.until(null));

    assertThat(key.permissions()).containsExactly(Permission.READ);
  }

  @Test
  void livesUntilTheVeryMomentOfItsEnd() {
    ApiKey key = key(null, ApiKey.Life.until(NOW));

    assertThat(key.livesAt(NOW.minusNanos(1))).isTrue();
    assertThat(key.livesAt(NOW)).isFalse();
    assertThat(key(null, ApiKey.Life.until(null)).livesAt(Instant.MAX)).isTrue();
  }

  @Test
  void livesNoMoreOnceRevoked() {
    ApiKey key = key(null, new ApiKey.Life(null, null, NOW, "key_2"));

    assertThat(key.livesAt(NOW)).isFalse();
  }

  private static ApiKey key(@Nullable Set<Permission> scopes, ApiKey.Life life) {
    return new ApiKey(
        new ApiKeyId("key_1"),
        new Scope(new BusinessId(1), Environment.LIVE),
        Role.USER,
        "till",
        scopes,
        NOW,
        "key_0",
        life);
  }
}
