package dev.carillon.bootstrap.config;

import dev.carillon.providers.http.HandOverLimits;
import dev.carillon.providers.postmark.PostmarkConfig;
import org.jspecify.annotations.Nullable;

/// Reads how a server at Postmark is used.
final class PostmarkCarrierConfig {
  /// Of an answer to a batch, which is about 200 octets for each of 500 mails.
  private static final int LONGEST_ANSWER = 1 << 20;

  private PostmarkCarrierConfig() {}

  static PostmarkConfig read(Section section) {
    HttpCarrierSettings shared = HttpCarrierSettings.read(section, LONGEST_ANSWER);
    HandOverLimits single = shared.handOver();
    int batch = section.integer("batch", 1, PostmarkConfig.MOST_OF_A_BATCH);
    return new PostmarkConfig(
        HttpCarrierSettings.api(section),
        section.text("server-token"),
        new PostmarkConfig.Mail(
            section.text("from"),
            section.text("message-stream"),
            section.flag("track-opens"),
            section.flag("unsubscribe")),
        webhook(section),
        section.flag("inquiry"),
        section.integer("window", 1, 10_000),
        new HandOverLimits(batch, single.concurrency(), single.patience()),
        shared.http());
  }

  private static PostmarkConfig.@Nullable Webhook webhook(Section section) {
    PostmarkConfig.Webhook webhook =
        new PostmarkConfig.Webhook(
            section.text("webhook-user"),
            section.text("webhook-password"),
            section.text("webhook-header"),
            section.text("webhook-header-secret"));
    return webhook.equals(new PostmarkConfig.Webhook("", "", "", "")) ? null : webhook;
  }
}
