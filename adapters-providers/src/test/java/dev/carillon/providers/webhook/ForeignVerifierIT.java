package dev.carillon.providers.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.carillon.application.port.WebhookSecrets.NewSecret;
import dev.carillon.application.port.WebhookSender;
import dev.carillon.domain.webhook.EventId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What goes out is verified by a library of Standard Webhooks that is nobody's of this house.
class ForeignVerifierIT {
  private static final String BODY = "{\"event\":\"bulk.completed\",\"note\":\"ä☃😀\"}";

  private final SecretBox box = new SecretBox(SecretBoxTest.key(7));

  @Test
  void isAcceptedByAForeignVerifier() throws Exception {
    NewSecret secret = box.make();

    Receiver.Received received = send(Instant.now(), List.of(secret));

    new Webhook(secret.shown()).verify(received.body(), headers(received));
    assertThat(received.body()).isEqualTo(BODY);
    assertThat(received.headers()).containsEntry("content-type", "application/json; charset=UTF-8");
  }

  @Test
  void isAcceptedWithEitherSecretDuringRotation() throws Exception {
    NewSecret old = box.make();
    NewSecret rotated = box.make();

    Receiver.Received received = send(Instant.now(), List.of(rotated, old));

    new Webhook(old.shown()).verify(received.body(), headers(received));
    new Webhook(rotated.shown()).verify(received.body(), headers(received));
  }

  @Test
  void isRefusedWithAnotherSecretAnotherBodyAndAnotherTime() throws Exception {
    NewSecret secret = box.make();
    Webhook verifier = new Webhook(secret.shown());

    Receiver.Received received = send(Instant.now(), List.of(secret));
    Receiver.Received old = send(Instant.now().minusSeconds(301), List.of(secret));

    assertThatThrownBy(
            () -> new Webhook(box.make().shown()).verify(received.body(), headers(received)))
        .isInstanceOf(WebhookVerificationException.class);
    assertThatThrownBy(() -> verifier.verify(received.body() + " ", headers(received)))
        .isInstanceOf(WebhookVerificationException.class);
    assertThatThrownBy(() -> verifier.verify(old.body(), headers(old)))
        .isInstanceOf(WebhookVerificationException.class);
  }

  private Receiver.Received send(Instant at, List<NewSecret> secrets) throws Exception {
    try (Receiver receiver = Receiver.answering(Receiver.OK);
        ApacheWebhookSender sender =
            new ApacheWebhookSender(Senders.LOOPBACK, box, InstantSource.system())) {
      assertThat(
              sender
                  .send(
                      new WebhookSender.Request(
                          Senders.BUSINESS,
                          receiver.url(),
                          new EventId(UUID.randomUUID()),
                          at,
                          BODY,
                          secrets.stream().map(NewSecret::sealed).toList()))
                  .orElseThrow()
                  .delivered())
          .isTrue();
      return receiver.received().getFirst();
    }
  }

  private static java.net.http.HttpHeaders headers(Receiver.Received received) {
    return java.net.http.HttpHeaders.of(
        received.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))),
        (_, _) -> true);
  }
}
