package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.CreateBulkJobResponse;
import dev.carillon.v1.EmailContent;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageStatus;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.WatchBulkJobResponse;
import dev.carillon.v1.WhatsAppContent;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class MainJobIT {
  private static RunningCarillon carillon;

  @BeforeAll
  static void start() {
    carillon =
        RunningCarillon.with(
            Map.of(
                "CARILLON_SIMULATED_ANSWER_TIMEOUT", "400ms",
                "CARILLON_SIMULATED_RETRY_AFTER", "50ms",
                "CARILLON_RETRY_FIRST_DELAY", "20ms"));
  }

  @AfterAll
  static void stop() {
    carillon.close();
  }

  @Test
  void anSmsJobIsCreatedWatchedToItsEndAndListed() {
    Client client = carillon.client();
    CreateBulkJobRequest request =
        CreateBulkJobRequest.newBuilder()
            .setSms(SmsContent.newBuilder().setText("Hello"))
            .setDefaultRegion("ZW")
            .addTo("0771234567")
            .addTo("+12025550102")
            .addTo("+12025550110")
            .addTo("+12025550120")
            .addTo("+12025550150")
            .addTo("0771234567")
            .addTo("12")
            .build();

    CreateBulkJobResponse created = client.jobs().createBulkJob(request);
    assertThat(created.getBulkJob().getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_PENDING);
    assertThat(created.getBulkJob().getCounters().getTotal()).isEqualTo(7);
    assertThat(created.getBulkJob().getCounters().getAccepted()).isEqualTo(5);
    assertThat(created.getRejectedEntriesList())
        .extracting(entry -> entry.getPath() + " " + entry.getReason())
        .containsExactly("to[5] DUPLICATE", "to[6] INVALID_DESTINATION");

    String bulkId = created.getBulkJob().getBulkId();
    List<WatchBulkJobResponse> events = client.watch(bulkId);
    assertThat(events.getFirst().hasSnapshot()).isTrue();
    assertThat(events.getLast().hasEnd()).isTrue();
    assertThat(events.subList(1, events.size() - 1)).allMatch(WatchBulkJobResponse::hasProgress);
    BulkJob ended = Client.job(events.getLast());
    assertThat(ended.getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_PARTIAL);
    assertThat(ended.getDone()).isTrue();

    client.pollJob(
        bulkId, job -> job.getCounters().getSent() == 0 && job.getCounters().getRead() == 1);
    assertThat(client.allMessages(bulkId))
        .extracting(Message::getStatus)
        .containsExactly(
            MessageStatus.MESSAGE_STATUS_DELIVERED,
            MessageStatus.MESSAGE_STATUS_READ,
            MessageStatus.MESSAGE_STATUS_UNDELIVERED,
            MessageStatus.MESSAGE_STATUS_FAILED,
            MessageStatus.MESSAGE_STATUS_UNKNOWN,
            MessageStatus.MESSAGE_STATUS_REJECTED,
            MessageStatus.MESSAGE_STATUS_REJECTED);
  }

  @Test
  void jobsOfAllChannelsReachTheirPeople() {
    Client client = carillon.client();
    BulkJob whatsApp =
        client.create(
            CreateBulkJobRequest.newBuilder()
                .setWhatsapp(WhatsAppContent.newBuilder().setText("Hello"))
                .addTo("+263771234567"));
    BulkJob email =
        client.create(
            CreateBulkJobRequest.newBuilder()
                .setEmail(
                    EmailContent.newBuilder()
                        .setFrom("Shop <shop@example.org>")
                        .setSubject("Hello")
                        .setText("Hello"))
                .addTo("delivered@sim.example"));

    for (BulkJob job : List.of(whatsApp, email)) {
      assertThat(Client.job(client.watch(job.getBulkId()).getLast()).getStatus())
          .isEqualTo(BulkJobStatus.BULK_JOB_STATUS_COMPLETED);
    }
  }

  @Test
  void countersEqualTheMessagesCountedOneByOne() {
    Client client = carillon.client();
    CreateBulkJobRequest.Builder request =
        CreateBulkJobRequest.newBuilder()
            .setSms(SmsContent.newBuilder().setSender("HOUSE"))
            .setDefaultRegion("ZW")
            .addAllEntries(Client.personalEntries(3_000));
    for (int script : new int[] {0, 2, 10, 20, 30, 40, 50, 51, 70, 71, 72, 74}) {
      request
          .addEntriesBuilder()
          .setTo("+1202555%04d".formatted(100 + script))
          .getContentBuilder()
          .setText("scripted");
    }

    BulkJob created = client.create(request);
    client.watch(created.getBulkId());
    BulkJob settled =
        client.pollJob(
            created.getBulkId(),
            job -> job.getCounters().getSent() == 0 && job.getCounters().getUnknown() == 1);
    Map<MessageStatus, Long> counted =
        client.allMessages(created.getBulkId()).stream()
            .collect(Collectors.groupingBy(Message::getStatus, Collectors.counting()));

    var counters = settled.getCounters();
    Function<MessageStatus, Long> count = status -> counted.getOrDefault(status, 0L);
    assertThat(counters.getTotal()).isEqualTo(3_012);
    assertThat(counters.getDelivered())
        .isEqualTo(count.apply(MessageStatus.MESSAGE_STATUS_DELIVERED));
    assertThat(counters.getRead()).isEqualTo(count.apply(MessageStatus.MESSAGE_STATUS_READ));
    assertThat(counters.getUndelivered())
        .isEqualTo(count.apply(MessageStatus.MESSAGE_STATUS_UNDELIVERED));
    assertThat(counters.getFailed()).isEqualTo(count.apply(MessageStatus.MESSAGE_STATUS_FAILED));
    assertThat(counters.getUnknown()).isEqualTo(count.apply(MessageStatus.MESSAGE_STATUS_UNKNOWN));
    assertThat(counted.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(3_012);
  }
}
