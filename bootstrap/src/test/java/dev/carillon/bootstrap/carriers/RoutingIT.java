package dev.carillon.bootstrap.carriers;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.carillon.bootstrap.service.Client;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.EmailContent;
import dev.carillon.v1.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class RoutingIT {
  private static final ResponseDefinitionBuilder TAKEN =
      jsonResponse(
          "{\"sid\": \"SM0123456789abcdef0123456789abcdef\", \"status\": \"queued\"}", 201);

  /// "Permission to send an SMS has not been enabled for the region".
  private static final ResponseDefinitionBuilder NOT_THERE =
      jsonResponse("{\"code\": 21408, \"message\": \"no\", \"status\": 400}", 400);

  @TempDir Path directory;

  private final WireMockServer first = server();
  private final WireMockServer second = server();

  @BeforeEach
  void start() {
    first.start();
    second.start();
    second.stubFor(post(anyUrl()).willReturn(TAKEN));
  }

  @AfterEach
  void stop() {
    first.stop();
    second.stop();
  }

  @Test
  void goesToTheNextCarrierWhenOneDoesNotServeTheDestination() throws Exception {
    first.stubFor(post(anyUrl()).willReturn(NOT_THERE));
    try (LiveHouse house = new LiveHouse(directory, settings("+15550001111"))) {
      List<Message> messages = sent(house.client(), Client.anSmsJobTo(200));

      assertThat(messages).extracting(Message::getCarrier).containsOnly("second");
      assertThat(messages)
          .allSatisfy(message ->
              assertThat(message.getCarrierChoiceReason())
                  .startsWith("route sms, weight 0 of 1, instead of first: "));
      assertThat(requests(first)).hasSize(200);
      assertThat(requests(second)).hasSize(200);
    }
  }

  @Test
  void goesNowhereElseAfterALostAnswer() throws Exception {
    first.stubFor(
        post(anyUrl())
            .willReturn(jsonResponse("{}", 201).withFault(Fault.CONNECTION_RESET_BY_PEER)));
    try (LiveHouse house = new LiveHouse(directory, settings("+15550001111"))) {
      String bulkId = house.client().create(Client.anSmsJobTo(20)).getBulkId();
      house.client().pollJob(bulkId, it -> it.getCounters().getUnknown() == 20);

      assertThat(requests(first)).hasSize(20);
      assertThat(requests(second)).isEmpty();
    }
  }

  @Test
  void leadsToTheSimulatedCarrierInLiveWhereARouteSaysSo() throws Exception {
    try (LiveHouse house = new LiveHouse(directory, settings("+15550001111"))) {
      CreateBulkJobRequest.Builder mails =
          CreateBulkJobRequest.newBuilder()
              .setEmail(
                  EmailContent.newBuilder()
                      .setFrom("hello@example.org")
                      .setSubject("Hello")
                      .setText("Hello"))
              .addAllTo(
                  IntStream.range(0, 50).mapToObj(i -> "someone" + i + "@example.org").toList());
      String bulkId = house.client().create(mails).getBulkId();
      house.client().pollJob(bulkId, it -> it.getCounters().getDelivered() == 50);

      assertThat(house.client().allMessages(bulkId))
          .extracting(Message::getCarrier)
          .containsOnly("simulated");
    }
  }

  @Test
  void losesAndDoublesNothingWhenACarrierIsReplacedInTheMiddleOfAJob() throws Exception {
    int recipients = 3_000;
    first.stubFor(
        post(anyUrl())
            .willReturn(
                jsonResponse(
                        "{\"sid\": \"SM0123456789abcdef0123456789abcdef\", \"status\": \"queued\"}",
                        201)
                    .withFixedDelay(30)));
    try (LiveHouse house = new LiveHouse(directory, settings("+15550001111"))) {
      Client client = house.client();
      String bulkId = client.create(Client.anSmsJobTo(recipients)).getBulkId();
      client.awaitJob(bulkId, it -> it.getCounters().getProcessed() > recipients / 4);
      replace(settings("+15550002222"));
      client.pollJob(bulkId, it -> it.getCounters().getSent() == recipients);

      List<String> bodies = requests(first).stream().map(LoggedRequest::getBodyAsString).toList();
      assertThat(bodies).hasSize(recipients).doesNotHaveDuplicates();
      assertThat(bodies).anyMatch(body -> body.contains("15550001111"));
      assertThat(bodies).anyMatch(body -> body.contains("15550002222"));
      assertThat(requests(second)).isEmpty();
    }
  }

  private static List<Message> sent(Client client, CreateBulkJobRequest.Builder request) {
    BulkJob job = client.create(request);
    long all = job.getCounters().getAccepted();
    client.pollJob(job.getBulkId(), it -> it.getCounters().getSent() == all);
    return client.allMessages(job.getBulkId());
  }

  private void replace(String settings) throws IOException {
    Path whole = Files.writeString(directory.resolve("whole.conf"), settings);
    Files.move(whole, directory.resolve("carillon.conf"), StandardCopyOption.REPLACE_EXISTING);
  }

  private String settings(String from) {
    return """
    carillon {
      carriers {
        first = ${carrier} { api-url = "%s" }
        second = ${carrier} { api-url = "%s" }
      }
      routes = [
        { name = sms, channel = sms, to = [ first, { carrier = second, weight = 0 } ] }
        { name = mail, channel = email, to = [ simulated ] }
      ]
      reload.period = 100ms
    }
    """
        .formatted(first.baseUrl(), second.baseUrl())
        .replace("${carrier}", carrier(from));
  }

  private static String carrier(String from) {
    return """
    { type = twilio, account-sid = "%s", auth-token = "%s", from = "%s", inquiry = false }\
    """
        .formatted(TwilioPeer.ACCOUNT, TwilioPeer.TOKEN, from);
  }

  private static List<LoggedRequest> requests(WireMockServer server) {
    return server.findAll(postRequestedFor(anyUrl()));
  }

  private static WireMockServer server() {
    return new WireMockServer(
        wireMockConfig().dynamicPort().bindAddress("127.0.0.1").containerThreads(80));
  }
}
