package dev.carillon.bootstrap.service;

import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.EventServiceGrpc;
import dev.carillon.v1.EventServiceGrpc.EventServiceBlockingStub;
import dev.carillon.v1.WebhookServiceGrpc;
import dev.carillon.v1.WebhookServiceGrpc.WebhookServiceBlockingStub;
import io.grpc.stub.MetadataUtils;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What the tests of webhooks and events share.
final class Webhooks {
  /// 32 bytes, Base64.
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private Webhooks() {}

  /// A service on this database that sends webhooks to this machine.
  static Map<String, String> settings(EmbeddedPostgres postgres) {
    Map<String, String> settings = new HashMap<>();
    settings.put("CARILLON_DATABASE_URL", postgres.jdbcUrl("postgres"));
    settings.put("CARILLON_DATABASE_USER", postgres.user());
    settings.put("CARILLON_DATABASE_PASSWORD", postgres.password());
    settings.put("CARILLON_WEBHOOKS_KEY_SECRET", KEY);
    settings.put("CARILLON_WEBHOOKS_PLAIN_HTTP", "true");
    settings.put("CARILLON_WEBHOOKS_ALLOW", "127.0.0.1");
    settings.put("CARILLON_WEBHOOKS_ANSWER_TIMEOUT", "2s");
    return settings;
  }

  static WebhookServiceBlockingStub of(Client client) {
    return WebhookServiceGrpc.newBlockingStub(client.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(client.credential()))
        .withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  static EventServiceBlockingStub events(Client client) {
    return EventServiceGrpc.newBlockingStub(client.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(client.credential()))
        .withDeadlineAfter(60, TimeUnit.SECONDS);
  }
}
