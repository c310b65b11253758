package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.port.AuditTrail;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.AuditEntry;
import dev.carillon.domain.business.AuditEntry.Actor;
import dev.carillon.domain.business.AuditEntry.Subject;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every audit trail keeps.
public abstract class AuditTrailContract {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");

  private @Nullable Ports ports;
  private @Nullable Scope scope;

  /// Connects to the store; called once for every test.
  protected abstract Ports newPorts();

  /// The trail of that store.
  protected abstract AuditTrail trail();

  @BeforeEach
  void open() {
    Ports opened = newPorts();
    ports = opened;
    scope = opened.newScope().get();
  }

  @Test
  void keepsEntriesAsTheyWereWritten() {
    AuditEntry ofKey = append(Subject.within(scope(), "key_1"));
    AuditEntry ofHouse = append(Subject.house("carrier \"x\""));

    Page<AuditEntry> latest = trail().list(null, null, new PageRequest(2, 0, OptionalLong.empty()));
    assertThat(latest.items()).containsExactly(ofHouse, ofKey);
  }

  @Test
  void listsTheEntriesOfABusinessPageByPage() {
    AuditEntry first = append(Subject.business(scope().business()));
    AuditEntry live = append(Subject.within(scope(), "key_1"));
    AuditEntry test =
        append(Subject.within(new Scope(scope().business(), Environment.TEST), "key_2"));
    append(Subject.business(ports().newScope().get().business()));
    append(Subject.house("dispatch"));

    Page<AuditEntry> page = list(null, 2, 0, OptionalLong.empty());
    assertThat(page.items()).containsExactly(test, live);
    assertThat(page.totalSize()).isEqualTo(3);
    Page<AuditEntry> rest = list(null, 2, 0, page.next());
    assertThat(rest.items()).containsExactly(first);
    assertThat(rest.next()).isEmpty();
    assertThat(list(null, 2, 1, OptionalLong.empty()).items()).containsExactly(live, first);
    assertThat(list(Environment.LIVE, 9, 0, OptionalLong.empty()).items())
        .containsExactly(live, first);
  }

  @Test
  void forgetsEntriesOfChangesThatAreGivenUp() {
    AuditEntry entry = entry(Subject.business(scope().business()));

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  trail().append(entry);
                  throw new Abandoned();
                }))
        .isInstanceOf(Abandoned.class);
    assertThat(list(null, 9, 0, OptionalLong.empty()).items()).isEmpty();
  }

  protected final Ports ports() {
    return Objects.requireNonNull(ports);
  }

  protected final Scope scope() {
    return Objects.requireNonNull(scope);
  }

  protected final AuditEntry append(Subject subject) {
    AuditEntry entry = entry(subject);
    ports().transactions().run(() -> trail().append(entry));
    return entry;
  }

  private Page<AuditEntry> list(
      @Nullable Environment environment, int size, int skip, OptionalLong after) {
    return trail().list(scope().business(), environment, new PageRequest(size, skip, after));
  }

  private static AuditEntry entry(Subject subject) {
    return new AuditEntry(
        NOW,
        new Actor("key_0", Role.ADMIN_USER),
        "CreateApiKey",
        subject,
        Map.of(),
        Map.of("name", "\"till\" ☃", "user_type", "user"));
  }

  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
