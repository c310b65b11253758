package dev.carillon.application.webhook;

import dev.carillon.application.port.WebhookKeyMark;
import java.util.Optional;
import java.util.function.Supplier;

/// Sees to it that all nodes seal the secrets of webhooks with one key: what one of them makes, all
/// have to read, or receivers would pay for it with attempts that fail.
public final class AgreeOnKey {
  private final WebhookKeyMark marks;
  private final Supplier<Optional<String>> own;
  private final boolean replace;

  /// @param own mark of this node's key; empty when it has none
  /// @param replace whether its key takes the place of one that was lost
  public AgreeOnKey(WebhookKeyMark marks, Supplier<Optional<String>> own, boolean replace) {
    this.marks = marks;
    this.own = own;
    this.replace = replace;
  }

  /// Whether this node may deliver; not so without a key. The first key of all is the one. Throws
  /// an IllegalStateException when this node has another.
  public boolean handle() {
    Optional<String> mark = own.get();
    if (mark.isEmpty()) {
      return false;
    }
    if (!marks.keep(mark.get()).equals(mark.get())) {
      change(mark.get());
    }
    return true;
  }

  private void change(String mark) {
    if (!replace) {
      throw new IllegalStateException(
          "the key of webhook secrets (carillon.webhooks.key-secret or key-file) is not the one"
              + " that this database's secrets were made with; all nodes need the same. If that is"
              + " lost, set carillon.webhooks.replace-key and rotate the secrets of all endpoints");
    }
    marks.replace(mark);
  }
}
