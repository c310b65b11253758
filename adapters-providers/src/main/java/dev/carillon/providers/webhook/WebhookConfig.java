package dev.carillon.providers.webhook;

import java.time.Duration;
import java.util.List;

/// How receivers are reached.
///
/// @param connect longest wait for a name to be looked up, and again for a connection
/// @param whole longest time from the beginning of an attempt to the end of its answer
/// @param connections at a time, to all receivers together
/// @param mostBodyBytes of an answer that are read
/// @param plain whether http is accepted beside https
/// @param allowed addresses inside that may be connected to
public record WebhookConfig(
    Duration connect,
    Duration whole,
    int connections,
    int mostBodyBytes,
    boolean plain,
    List<Network> allowed) {
  /// 5 s, 15 s, 256 connections, 64 KiB, https only, nothing inside.
  public static final WebhookConfig DEFAULTS =
      new WebhookConfig(
          Duration.ofSeconds(5), Duration.ofSeconds(15), 256, 64 * 1_024, false, List.of());

  public WebhookConfig {
    allowed = List.copyOf(allowed);
  }
}
