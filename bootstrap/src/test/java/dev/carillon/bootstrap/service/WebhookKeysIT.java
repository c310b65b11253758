package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.TestKeys;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.bootstrap.run.ServiceStartException;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.CreateWebhookEndpointRequest;
import dev.carillon.v1.ListWebhookDeliveriesRequest;
import dev.carillon.v1.TestWebhookEndpointRequest;
import dev.carillon.v1.WebhookDelivery;
import dev.carillon.v1.WebhookEndpoint;
import dev.carillon.v1.WebhookFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Nodes on one database that do not have the same key of webhook secrets.
@Timeout(180)
class WebhookKeysIT {
  private static final String KEY = "CARILLON_WEBHOOKS_KEY_SECRET";
  private static final String OTHER = "OTg3NjU0MzIxMDk4NzY1NDMyMTA5ODc2NTQzMjEwOTg=";

  private final EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
  private final Map<String, String> settings = Webhooks.settings(postgres);

  @AfterEach
  void stop() {
    postgres.close();
  }

  /// What a node with another key, or none, did with what is due would be held against receivers.
  @Test
  void deliversOnNodesWithTheOneKeyAlone() throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.willing()) {
      Made made = make(receiver);

      assertThatThrownBy(() -> RunningCarillon.with(with(KEY, OTHER)))
          .isInstanceOf(ServiceStartException.class)
          .hasMessageContaining("webhooks.replace-key");

      try (RunningCarillon keyless = RunningCarillon.with(with(KEY, ""));
          Client client = new Client(keyless.port(), made.apiKey())) {
        for (int i = 0; i < 2; i++) {
          test(client, made);
          Await.until("it is to be delivered", () -> !deliveries(client, made).isEmpty());
        }
        try (RunningCarillon keyed = RunningCarillon.with(settings)) {
          assertThat(keyed.port()).isPositive();
          Await.until("both", () -> receiver.received().size() == 2);
          Await.until(
              "their ends",
              () -> deliveries(client, made).stream().allMatch(WebhookDelivery::hasDoneTime));
        }
        assertThat(deliveries(client, made))
            .allSatisfy(delivery ->
                assertThat(delivery.getAttemptsList())
                    .singleElement()
                    .satisfies(attempt -> assertThat(attempt.getResponseCode()).isEqualTo(200)));
      }
    }
  }

  /// The old key is lost: nothing that was made with it can be signed, and receivers are not to
  /// blame.
  @Test
  void takesAnotherKeyWhereThatIsWanted() throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.willing()) {
      Made made = make(receiver);
      settings.put("CARILLON_WEBHOOKS_REPLACE_KEY", "true");

      try (RunningCarillon changed = RunningCarillon.with(with(KEY, OTHER));
          Client client = new Client(changed.port(), made.apiKey())) {
        test(client, made);
        Await.until(
            "an attempt",
            () ->
                deliveries(client, made).stream()
                    .anyMatch(delivery -> delivery.getAttemptsCount() > 0));

        assertThat(deliveries(client, made).getFirst().getAttempts(0).getFailure())
            .isEqualTo(WebhookFailure.WEBHOOK_FAILURE_SECRET_UNREADABLE);
        assertThat(receiver.received()).isEmpty();
      }
      settings.remove("CARILLON_WEBHOOKS_REPLACE_KEY");
      try (RunningCarillon next = RunningCarillon.with(with(KEY, OTHER))) {
        assertThat(next.port()).isPositive();
      }
    }
  }

  /// An endpoint, made by a node with the first key.
  private Made make(WebhookReceiver receiver) {
    try (RunningCarillon first = RunningCarillon.with(settings);
        PostgresSource source = PostgresSource.of(Configuration.load(null, settings).store())) {
      String apiKey = TestKeys.create(source, Role.OPERATOR);
      try (Client client = new Client(first.port(), apiKey)) {
        return new Made(
            apiKey,
            Webhooks.of(client)
                .createWebhookEndpoint(
                    CreateWebhookEndpointRequest.newBuilder()
                        .setWebhookEndpoint(WebhookEndpoint.newBuilder().setUrl(receiver.url()))
                        .build())
                .getWebhookEndpoint()
                .getEndpointId());
      }
    }
  }

  private Map<String, String> with(String name, String value) {
    Map<String, String> other = new HashMap<>(settings);
    other.put(name, value);
    return other;
  }

  private static void test(Client client, Made made) {
    var _ =
        Webhooks.of(client)
            .testWebhookEndpoint(
                TestWebhookEndpointRequest.newBuilder().setEndpointId(made.endpoint()).build());
  }

  private static List<WebhookDelivery> deliveries(Client client, Made made) {
    return Webhooks.of(client)
        .listWebhookDeliveries(
            ListWebhookDeliveriesRequest.newBuilder().setEndpointId(made.endpoint()).build())
        .getDeliveriesList();
  }

  private record Made(String apiKey, String endpoint) {}
}
