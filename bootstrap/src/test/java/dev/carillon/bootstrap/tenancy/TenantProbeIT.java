package dev.carillon.bootstrap.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bootstrap.service.Client;
import dev.carillon.bootstrap.service.RunningCarillon;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.CreateRecipientGroupRequest;
import dev.carillon.v1.CreateWebhookEndpointRequest;
import dev.carillon.v1.RecipientGroup;
import dev.carillon.v1.RecipientGroupServiceGrpc;
import dev.carillon.v1.WebhookEndpoint;
import dev.carillon.v1.WebhookServiceGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Status;
import io.grpc.reflection.v1.ListServiceResponse;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/// Every method of every service that the running server lists, asked by strangers for what is a
/// tenant's, and for what never was: they are told the same, to the letter. Strangers are another
/// business, and the tenant's own in its other environment.
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(240)
class TenantProbeIT {
  /// Of such names is whatever a request refers to.
  private static final String REFERENCE = ".*(^|_)(id|ids)$";

  private final EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
  private final RunningCarillon carillon =
      RunningCarillon.with(
          Map.of(
              "CARILLON_DATABASE_URL", postgres.jdbcUrl("postgres"),
              "CARILLON_DATABASE_USER", postgres.user(),
              "CARILLON_DATABASE_PASSWORD", postgres.password(),
              "CARILLON_WEBHOOKS_KEY_SECRET", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
              "CARILLON_WEBHOOKS_ENDPOINTS", "1000"));
  private final List<Client> clients = new ArrayList<>();
  private final Probes probes = new Probes();
  private Setting setting;

  @BeforeAll
  void makeTenants() throws Exception {
    Connection database =
        DriverManager.getConnection(
            postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
    Keys.begin(database, "business_id_seq", "recipient_id_seq", "price_id_seq");
    long business = Keys.newBusiness(database);
    setting =
        new Setting(
            database,
            new Owner(channel(Keys.newKey(database, business, "TEST")), database, business),
            channel(Keys.newKey(database, Keys.newBusiness(database), "TEST")),
            channel(Keys.newKey(database, business, "LIVE")));
  }

  @AfterAll
  void close() throws Exception {
    clients.forEach(Client::close);
    setting.database().close();
    carillon.close();
    postgres.close();
  }

  @TestFactory
  List<DynamicTest> tellsStrangersTheSameAsOfWhatNeverWas() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (AnyCall call : calls()) {
      tests.add(DynamicTest.dynamicTest(call.name(), () -> probe(call)));
    }
    return tests;
  }

  @Test
  void asksEveryMethodThatRefersToSomething() throws Exception {
    List<AnyCall> calls = calls();

    assertThat(calls).hasSizeGreaterThanOrEqualTo(60);
    for (AnyCall call : calls) {
      boolean refers =
          call.fields().stream()
              .anyMatch(field -> field.matches(REFERENCE) && !field.equals("request_id"));
      if (refers) {
        assertThat(probes.of(call.name())).as(call.name()).isNotEmpty();
      }
    }
  }

  private void probe(AnyCall call) throws Exception {
    for (Probes.Probe probe : probes.of(call.name())) {
      String request = probe.request();
      compare(call, request, setting.stranger(), probe.hides());
      if (!request.contains("$business$") && !request.contains("$key$")) {
        compare(call, request, setting.otherEnvironment(), probe.hides());
      }
    }
  }

  private void compare(AnyCall call, String request, Channel stranger, boolean hides)
      throws Exception {
    Belongings owned = setting.owner().getOneOfEverything();
    Belongings never = Belongings.never();

    Map<String, String> mine = ownOf(stranger, request);
    Outcome ofOwned = call.with(stranger, owned.in(request, mine));
    Outcome ofNothing = call.with(stranger, never.in(request, mine));

    assertThat(ofOwned.masked(owned.askedForBy(request)))
        .as(request)
        .isEqualTo(ofNothing.masked(never.askedForBy(request)));
    assertThat(ofOwned.code())
        .as("%s: %s", request, ofOwned)
        .isNotIn(Status.Code.INTERNAL, Status.Code.UNKNOWN, Status.Code.UNAVAILABLE);
    if (hides) {
      assertThat(ofOwned.code()).as("%s: %s", request, ofOwned).isEqualTo(Status.Code.NOT_FOUND);
      Channel owner = setting.owner().channel();
      assertThat(call.with(owner, owned.in(request, ownOf(owner, request))).code())
          .as("%s of the owner", request)
          .isNotEqualTo(Status.Code.NOT_FOUND);
    }
    System.out.println(call.name() + ": " + ofOwned.code() + " to " + request);
  }

  /// What the request wants of the caller itself.
  private static Map<String, String> ownOf(Channel caller, String request) {
    Map<String, String> own = new HashMap<>();
    if (request.contains("$mine$")) {
      own.put("mine", groupOf(caller));
    }
    if (request.contains("$receiver$")) {
      own.put("receiver", endpointOf(caller));
    }
    return own;
  }

  private static String endpointOf(Channel caller) {
    return WebhookServiceGrpc.newBlockingStub(caller)
        .createWebhookEndpoint(
            CreateWebhookEndpointRequest.newBuilder()
                .setWebhookEndpoint(WebhookEndpoint.newBuilder().setUrl("https://example.org/"))
                .build())
        .getWebhookEndpoint()
        .getEndpointId();
  }

  private static String groupOf(Channel caller) {
    return RecipientGroupServiceGrpc.newBlockingStub(caller)
        .createRecipientGroup(
            CreateRecipientGroupRequest.newBuilder()
                .setRecipientGroup(RecipientGroup.newBuilder().setName("mine " + UUID.randomUUID()))
                .build())
        .getRecipientGroup()
        .getId();
  }

  private List<AnyCall> calls() throws Exception {
    return services().stream().flatMap(name -> AnyCall.ofService(name).stream()).toList();
  }

  /// Those that the server itself says it has.
  private List<String> services() throws Exception {
    CompletableFuture<ListServiceResponse> listed = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> asking =
        ServerReflectionGrpc.newStub(carillon.client().channel())
            .serverReflectionInfo(new Listing(listed));
    asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    asking.onCompleted();
    return listed.get(20, TimeUnit.SECONDS).getServiceList().stream()
        .map(ServiceResponse::getName)
        .filter(name -> name.startsWith("carillon."))
        .toList();
  }

  private Channel channel(String key) {
    Client client = new Client(carillon.port(), key);
    clients.add(client);
    return ClientInterceptors.intercept(
        client.channel(), MetadataUtils.newAttachHeadersInterceptor(client.credential()));
  }

  /// Who is there.
  private record Setting(
      Connection database, Owner owner, Channel stranger, Channel otherEnvironment) {}

  /// Takes the list of services.
  private record Listing(CompletableFuture<ListServiceResponse> listed)
      implements StreamObserver<ServerReflectionResponse> {
    @Override
    public void onNext(ServerReflectionResponse answer) {
      listed.complete(answer.getListServicesResponse());
    }

    @Override
    public void onError(Throwable failure) {
      listed.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}
  }
}
