package dev.carillon.bootstrap.carriers;

import com.google.type.Money;
import dev.carillon.bootstrap.Carillon;
import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.TestKeys;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.bootstrap.service.Client;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.AdminServiceGrpc;
import dev.carillon.v1.BillingServiceGrpc;
import dev.carillon.v1.Business;
import dev.carillon.v1.Channel;
import dev.carillon.v1.CreateApiKeyRequest;
import dev.carillon.v1.CreateBusinessRequest;
import dev.carillon.v1.Environment;
import dev.carillon.v1.Price;
import dev.carillon.v1.PriceUnit;
import dev.carillon.v1.SetPriceRequest;
import dev.carillon.v1.TopUpRequest;
import dev.carillon.v1.UserType;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A whole service with carriers of its own, and a business in LIVE that has money and prices for
/// every channel. Its carriers call it at [#callbacks()].
public final class LiveHouse implements AutoCloseable {
  private final EmbeddedPostgres postgres;
  private final Carillon carillon;
  private final Client client;
  private final int callbackPort;

  /// @param directory where the configuration is written
  /// @param carriers what the configuration says of carriers and routes, in HOCON
  public LiveHouse(Path directory, String carriers) throws IOException {
    callbackPort = freePort();
    Path file = directory.resolve("carillon.conf");
    Files.writeString(file, carriers);
    postgres = EmbeddedPostgres.temporary();
    Map<String, String> settings = new HashMap<>();
    settings.put("CARILLON_GRPC_PORT", "0");
    settings.put("CARILLON_DATABASE_URL", postgres.jdbcUrl("postgres"));
    settings.put("CARILLON_DATABASE_USER", postgres.user());
    settings.put("CARILLON_DATABASE_PASSWORD", postgres.password());
    settings.put("CARILLON_CALLBACKS_ENABLED", "true");
    settings.put("CARILLON_CALLBACKS_PORT", Integer.toString(callbackPort));
    settings.put("CARILLON_CALLBACKS_PUBLIC_URL", callbacks());
    Configuration configuration = Configuration.load(file, settings);
    carillon = Carillon.start(configuration, PostgresSource.of(configuration.store()));
    client = new Client(carillon.port(), liveKey(configuration));
    fund();
  }

  /// A caller with a key of the business.
  public Client client() {
    return client;
  }

  /// Where the listener for carriers' calls is.
  public String callbacks() {
    return "http://127.0.0.1:" + callbackPort;
  }

  @Override
  public void close() {
    client.close();
    carillon.close();
    postgres.close();
  }

  private String liveKey(Configuration configuration) {
    String operatorKey;
    try (PostgresSource source = PostgresSource.of(configuration.store())) {
      operatorKey = TestKeys.create(source, Role.OPERATOR);
    }
    try (Client operator = new Client(carillon.port(), operatorKey)) {
      AdminServiceGrpc.AdminServiceBlockingStub admin =
          AdminServiceGrpc.newBlockingStub(operator.channel())
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(operator.credential()));
      long business =
          admin
              .createBusiness(
                  CreateBusinessRequest.newBuilder()
                      .setBusiness(
                          Business.newBuilder()
                              .setName("Live")
                              .setDefaultRegion("ZW")
                              .setCurrency("USD"))
                      .build())
              .getBusiness()
              .getBusinessId();
      return admin
          .createApiKey(
              CreateApiKeyRequest.newBuilder()
                  .setBusinessId(business)
                  .setEnvironment(Environment.ENVIRONMENT_LIVE)
                  .setUserType(UserType.USER_TYPE_ADMIN_USER)
                  .setName("live")
                  .build())
          .getSecret();
    }
  }

  private void fund() {
    BillingServiceGrpc.BillingServiceBlockingStub billing =
        BillingServiceGrpc.newBlockingStub(client.channel())
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(client.credential()));
    for (Channel channel :
        List.of(Channel.CHANNEL_SMS, Channel.CHANNEL_WHATSAPP, Channel.CHANNEL_EMAIL)) {
      Price.Builder price =
          Price.newBuilder()
              .setChannel(channel)
              .setUnit(
                  channel == Channel.CHANNEL_SMS
                      ? PriceUnit.PRICE_UNIT_PART
                      : PriceUnit.PRICE_UNIT_MESSAGE)
              .setAmount(Money.newBuilder().setCurrencyCode("USD").setNanos(10_000_000));
      billing.setPrice(SetPriceRequest.newBuilder().setPrice(price).build());
    }
    billing.topUp(
        TopUpRequest.newBuilder()
            .setAmount(Money.newBuilder().setCurrencyCode("USD").setUnits(1_000_000))
            .setReference("payment")
            .build());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
