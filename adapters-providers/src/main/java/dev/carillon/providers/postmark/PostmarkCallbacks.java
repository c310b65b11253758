package dev.carillon.providers.postmark;

import dev.carillon.providers.callback.BasicLogin;
import dev.carillon.providers.callback.CallbackAnswer;
import dev.carillon.providers.callback.CallbackRequest;
import dev.carillon.providers.callback.Callbacks;
import dev.carillon.providers.http.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes Postmark's webhooks. Postmark does not sign them: genuine is what shows the password, and
/// the header, that it was given.
final class PostmarkCallbacks implements Callbacks {
  private final @Nullable BasicLogin login;
  private final String header;
  private final byte[] headerSecret;
  private final PostmarkReceipts receipts;
  private final InstantSource clock;

  PostmarkCallbacks(
      PostmarkConfig.Webhook webhook, PostmarkReceipts receipts, InstantSource clock) {
    this.login =
        webhook.user().isEmpty() ? null : new BasicLogin(webhook.user(), webhook.password());
    this.header = webhook.header();
    this.headerSecret = webhook.headerSecret().getBytes(StandardCharsets.UTF_8);
    this.receipts = receipts;
    this.clock = clock;
  }

  @Override
  public CallbackAnswer answer(CallbackRequest request) {
    if (!isGenuine(request)) {
      return new CallbackAnswer.NotGenuine();
    }
    Optional<CallbackAnswer> told =
        request.method().equals("POST")
            ? JsonText.object(request.body())
                .map(call -> new CallbackAnswer.Told(receipts.read(call, clock.instant())))
            : Optional.empty();
    return told.orElseGet(CallbackAnswer.Unreadable::new);
  }

  private boolean isGenuine(CallbackRequest request) {
    boolean anything = login != null || !header.isEmpty();
    boolean loginShown = login == null || login.isShownBy(request);
    boolean headerShown = header.isEmpty() || showsHeader(request);
    return anything && loginShown && headerShown;
  }

  private boolean showsHeader(CallbackRequest request) {
    return request
        .header(header)
        .map(given -> MessageDigest.isEqual(headerSecret, given.getBytes(StandardCharsets.UTF_8)))
        .orElse(false);
  }
}
