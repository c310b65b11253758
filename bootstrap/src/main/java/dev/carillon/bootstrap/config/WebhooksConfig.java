package dev.carillon.bootstrap.config;

import dev.carillon.application.webhook.WebhookSettings;
import dev.carillon.domain.webhook.DeliverySchedule;
import dev.carillon.providers.webhook.KeyFile;
import dev.carillon.providers.webhook.Network;
import dev.carillon.providers.webhook.WebhookConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How events are sent to receivers outside.
///
/// @param key that signing secrets are kept with, in Base64; empty for that of the file
/// @param keyFile where it is otherwise, made if there is none; null for the usual place
/// @param replaceKey whether it takes the place of another that was lost
public record WebhooksConfig(
    WebhookSettings settings,
    WebhookConfig sending,
    String key,
    @Nullable Path keyFile,
    boolean replaceKey) {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final int MOST_BODY_BYTES = 64 * 1_024;
  private static final int MOST_ENDPOINTS = 1_000;
  private static final int MOST_IN_FLIGHT = 10_000;

  /// Between the end of an attempt and the end of its lease.
  private static final Duration SLACK = Duration.ofSeconds(15);

  /// The part of it before an attempt; the rest is for noting what came of it.
  private static final Duration BEGIN_WITHIN = Duration.ofSeconds(10);

  static WebhooksConfig read(Section section) {
    Duration whole = section.duration("answer-timeout", SECOND, LONGEST_WAIT);
    int inFlight = section.integer("in-flight", 1, MOST_IN_FLIGHT);
    String file = section.text("key-file");
    return new WebhooksConfig(
        new WebhookSettings(
            section.integer("endpoints", 1, MOST_ENDPOINTS),
            inFlight,
            section.integer("per-endpoint", 1, MOST_IN_FLIGHT),
            whole.plus(SLACK),
            BEGIN_WITHIN,
            new DeliverySchedule(
                section.duration("give-up-after", Duration.ofMinutes(1), Duration.ofDays(3))),
            section.duration("disable-after", Duration.ZERO, Duration.ofDays(30))),
        new WebhookConfig(
            section.duration("connect-timeout", Duration.ofMillis(100), LONGEST_WAIT),
            whole,
            inFlight,
            MOST_BODY_BYTES,
            section.flag("plain-http"),
            networks(section)),
        key(section),
        file.isEmpty() ? null : Path.of(file),
        section.flag("replace-key"));
  }

  private static List<Network> networks(Section section) {
    List<Network> networks = new ArrayList<>();
    for (String text : section.text("allow").split(",", -1)) {
      if (!text.isBlank()) {
        Optional<Network> network = Network.parse(text.strip());
        network.ifPresent(networks::add);
        if (network.isEmpty()) {
          section.problem("allow", "must be addresses such as 10.1.0.0/16, separated by commas");
        }
      }
    }
    return networks;
  }

  private static String key(Section section) {
    String key = section.text("key-secret");
    try {
      return key.isEmpty() || KeyFile.decode(key).length > 0 ? key : "";
    } catch (IllegalArgumentException none) {
      section.problem("key-secret", "must be 32 bytes in Base64 (openssl rand -base64 32)");
      return "";
    }
  }

  @Override
  public String toString() {
    return "WebhooksConfig[" + settings + "]";
  }
}
