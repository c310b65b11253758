package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.WEBHOOK_ENDPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.contract.EventPorts;
import dev.carillon.application.contract.WebhookEndpointsContract;
import dev.carillon.domain.webhook.Endpoint;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqWebhookEndpointsIT extends WebhookEndpointsContract {
  @AutoClose private final TestDatabase database = TestDatabase.create();

  @Override
  protected EventPorts newPorts() {
    return database.eventPorts();
  }

  @Test
  void keepsNeitherAddressNorSecretsOfADeletedEndpoint() {
    Endpoint endpoint = endpoint();

    ports()
        .transactions()
        .run(() -> {
          boolean deleted = ports().endpoints().delete(scope(), endpoint.id(), NOW);
          assertThat(deleted).isTrue();
        });

    var left =
        database
            .sql()
            .fetchSingle(WEBHOOK_ENDPOINT, WEBHOOK_ENDPOINT.ENDPOINT_ID.eq(endpoint.id().value()));
    assertThat(left.getUrl()).isEmpty();
    assertThat(left.getSecret()).isEmpty();
    assertThat(left.getPreviousSecret()).isNull();
  }

  /// When nothing speaks of them any more.
  @Test
  void forgetsDeletedEndpointsInTheirTime() {
    Endpoint endpoint = endpoint();
    ports()
        .transactions()
        .run(() -> {
          boolean deleted = ports().endpoints().delete(scope(), endpoint.id(), NOW);
          assertThat(deleted).isTrue();
        });
    var same = WEBHOOK_ENDPOINT.ENDPOINT_ID.eq(endpoint.id().value());

    events().forget(Duration.ofDays(36_500));
    assertThat(database.sql().fetchCount(WEBHOOK_ENDPOINT, same)).isEqualTo(1);
    events().forget(Duration.ofDays(1));

    assertThat(database.sql().fetchCount(WEBHOOK_ENDPOINT, same)).isZero();
  }
}
