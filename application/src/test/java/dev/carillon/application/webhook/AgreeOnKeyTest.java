package dev.carillon.application.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.port.WebhookKeyMark;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgreeOnKeyTest {
  private final Kept kept = new Kept();

  @Test
  void takesTheFirstKeyForThatOfAllNodes() {
    assertThat(node("a", false)).isTrue();
    assertThat(node("a", false)).isTrue();

    assertThat(kept.mark).isEqualTo("a");
  }

  @Test
  void refusesANodeWithAnotherKey() {
    node("a", false);

    assertThatThrownBy(() -> node("b", false)).isInstanceOf(IllegalStateException.class);
    assertThat(kept.mark).isEqualTo("a");
  }

  @Test
  void leavesANodeWithoutAKeyAloneAndHasItDeliverNothing() {
    assertThat(new AgreeOnKey(kept, Optional::empty, true).handle()).isFalse();

    assertThat(kept.mark).isNull();
  }

  @Test
  void replacesAKeyThatWasLost() {
    node("a", false);

    assertThat(node("b", true)).isTrue();
    assertThat(node("b", false)).isTrue();
    assertThatThrownBy(() -> node("a", false)).isInstanceOf(IllegalStateException.class);
  }

  private boolean node(String mark, boolean replace) {
    return new AgreeOnKey(kept, () -> Optional.of(mark), replace).handle();
  }

  private static final class Kept implements WebhookKeyMark {
    private @Nullable String mark;

    @Override
    public String keep(String first) {
      String known = mark == null ? first : mark;
      mark = known;
      return known;
    }

    @Override
    public void replace(String other) {
      mark = other;
    }
  }
}
