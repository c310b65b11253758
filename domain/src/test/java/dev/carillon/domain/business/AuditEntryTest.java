package dev.carillon.domain.business;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditEntryTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Caller CALLER =
      new Caller(
          new Scope(new BusinessId(1), Environment.LIVE), Role.OPERATOR, "key_1", "ZW", "USD");

  @Test
  void keepsOnlyWhatDiffers() {
    AuditEntry entry =
        AuditEntry.of(
            NOW,
            CALLER,
            "UpdateBusiness",
            AuditEntry.Subject.business(new BusinessId(7)),
            Map.of("name", "a", "gone", "x", "same", "s"),
            Map.of("name", "b", "new", "y", "same", "s"));

    assertThat(entry.before()).isEqualTo(Map.of("name", "a", "gone", "x"));
    assertThat(entry.after()).isEqualTo(Map.of("name", "b", "new", "y"));
    assertThat(entry.actor()).isEqualTo(new AuditEntry.Actor("key_1", Role.OPERATOR));
    assertThat(entry.subject().business()).isEqualTo(new BusinessId(7));
  }
}
