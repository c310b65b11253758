package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.message.ExportMessages;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.ExportMessagesRequest;
import dev.carillon.v1.ExportMessagesResponse;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageServiceGrpc;
import dev.carillon.v1.MessageStatus;
import dev.carillon.v1.SearchMessagesRequest;
import dev.carillon.v1.SearchMessagesResponse;
import dev.carillon.v1.SmsContent;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class MessagesIT {
  private static final int SMALLEST_WINDOW = 65_535;

  @AutoClose private final House house = House.open();

  @Test
  void exportsTheOutcomeOfEveryMessageInTheOrderOfTheSubmission() {
    String bulkId = create(1_203, "+263771300000");
    house.answer(house.handOver(bulkId, 2), new DispatchOutcome.Accepted("id-at-the-carrier"));

    List<ExportMessagesResponse> batches = new ArrayList<>();
    export(bulkId).forEachRemaining(batches::add);

    List<Message> messages =
        batches.stream().flatMap(batch -> batch.getMessagesList().stream()).toList();
    assertThat(messages)
        .extracting(Message::getPosition)
        .containsExactlyElementsOf(IntStream.range(0, 1_203).boxed().toList());
    assertThat(messages)
        .extracting(Message::getClientRef)
        .containsExactlyElementsOf(IntStream.range(0, 1_203).mapToObj(i -> "order-" + i).toList());
    assertThat(messages.subList(0, 3))
        .extracting(Message::getStatus)
        .containsExactly(
            MessageStatus.MESSAGE_STATUS_SENT,
            MessageStatus.MESSAGE_STATUS_SENT,
            MessageStatus.MESSAGE_STATUS_QUEUED);
    assertThat(messages.getFirst().getCarrierMessageId()).isEqualTo("id-at-the-carrier");
    assertThat(batches)
        .allSatisfy(
            batch -> assertThat(batch.getMessagesCount()).isBetween(1, ExportMessages.BATCH));
  }

  @Test
  void endsAnExportThatFillsItsLastBatch() {
    String bulkId = create(ExportMessages.BATCH, "+263771300000");

    assertThat(positions(export(bulkId))).hasSize(ExportMessages.BATCH);
  }

  @Test
  void goesOnAfterThePositionThatWasReceivedLast() {
    String bulkId = create(700, "+263771300000");

    assertThat(positions(exportAfter(bulkId, 0))).hasSize(699).startsWith(1).endsWith(699);
    assertThat(positions(exportAfter(bulkId, 650))).hasSize(49).startsWith(651);
    assertThat(positions(exportAfter(bulkId, 699))).isEmpty();
    assertThat(positions(exportAfter(bulkId, 1_000_000))).isEmpty();
  }

  @Test
  void readsNoFurtherThanItsReaderDoes() throws InterruptedException {
    String bulkId = create(20_000, "+263771300000");
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", house.port)
            .usePlaintext()
            .flowControlWindow(SMALLEST_WINDOW)
            .build();
    try {
      Reader<ExportMessagesResponse> reader =
          Reader.lazy(
              House.asCaller(MessageServiceGrpc.newStub(channel))::exportMessages,
              ExportMessagesRequest.newBuilder().setBulkId(bulkId).build());
      reader.read(1);
      Await.until("the first batch", () -> reader.taken.size() == 1);

      long read = restingCommits();
      assertThat(reader.taken).hasSize(1);
      assertThat(read).isEqualTo(restingCommits());

      reader.read(Integer.MAX_VALUE);
      Await.until("OK", reader::isCompleted);
      assertThat(positions(reader.taken.iterator()))
          .containsExactlyElementsOf(IntStream.range(0, 20_000).boxed().toList());
      assertThat(house.store.commits() - read).as("there was much left to read").isGreaterThan(20);
    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void refusesAnExportOfAJobThatIsNotTheCallers() {
    String bulkId = create(1, "+263771300000");

    assertThat(Refusals.reason(Refusals.of(() -> exportAfter("x", 0).hasNext())))
        .isEqualTo("BULK_JOB_NOT_FOUND");
    StatusRuntimeException strangers =
        Refusals.of(() ->
            stub(House.STRANGERS_KEY)
                .exportMessages(ExportMessagesRequest.newBuilder().setBulkId(bulkId).build())
                .hasNext());
    assertThat(Refusals.reason(strangers)).isEqualTo("BULK_JOB_NOT_FOUND");
    assertThat(strangers.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    StatusRuntimeException negative = Refusals.of(() -> exportAfter(bulkId, -1).hasNext());
    assertThat(Refusals.reason(negative)).isEqualTo("INVALID_FIELD");
    assertThat(Refusals.paths(negative)).containsExactly("after_position");
  }

  @Test
  void sendsReadersToAnotherNodeWhenThisOneStops() throws InterruptedException {
    String bulkId = create(20_000, "+263771300000");
    House other = house.node(House.config(GrpcConfig.Load.DEFAULTS));
    Reader<ExportMessagesResponse> reader =
        Reader.lazy(
            House.asCaller(MessageServiceGrpc.newStub(other.channel()))::exportMessages,
            ExportMessagesRequest.newBuilder().setBulkId(bulkId).build());
    reader.read(1);
    Await.until("the first batch", () -> !reader.taken.isEmpty());

    Thread stopping =
        Thread.ofVirtual()
            .start(() -> {
              try {
                other.server.stop(Duration.ofSeconds(10));
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
    reader.read(Integer.MAX_VALUE);
    Await.until("it is told", () -> reader.isRefused() || reader.isCompleted());
    stopping.join();

    List<Integer> all = new ArrayList<>(positions(reader.taken.iterator()));
    if (reader.isRefused()) {
      assertThat(reader.refusal().getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      all.addAll(positions(exportAfter(bulkId, all.getLast())));
    }
    assertThat(all).containsExactlyElementsOf(IntStream.range(0, 20_000).boxed().toList());
    other.close();
  }

  @Test
  void findsMessagesOverAllJobsByAddressOrReference() {
    String older = create(3, "+263771400000");
    String newer = create(3, "+263771400000");

    SearchMessagesResponse byAddress = search(find().setAddress("0771400001"));
    assertThat(byAddress.getMessagesList())
        .extracting(Message::getId)
        .containsExactly(newer + "-1", older + "-1");
    assertThat(byAddress.getTotalSize()).isEqualTo(2);
    assertThat(byAddress.getNextPageToken()).isEmpty();
    assertThat(search(find().setClientRef("order-2")).getMessagesList())
        .extracting(Message::getAddress)
        .containsExactly("+263771400002", "+263771400002");
    assertThat(
            search(find().setClientRef("order-2").setAddress("+263771400001")).getMessagesCount())
        .isZero();
  }

  @Test
  void pagesThroughWhatItFound() {
    String older = create(2, "+263771400000");
    String newer = create(2, "+263771400000");
    SearchMessagesRequest.Builder request = find().setClientRef("order-1").setPageSize(1);

    SearchMessagesResponse first = search(request);
    SearchMessagesResponse second = search(request.clone().setPageToken(first.getNextPageToken()));

    assertThat(first.getMessages(0).getBulkId()).isEqualTo(newer);
    assertThat(second.getMessages(0).getBulkId()).isEqualTo(older);
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(second.getTotalSize()).isEqualTo(2);
    assertThat(refused(find().setClientRef("order-0").setPageToken(first.getNextPageToken())))
        .containsExactly("page_token");
  }

  @Test
  void refusesToSearchForNothingOrForMoreThanAnAddress() {
    assertThat(refused(find())).containsExactly("address");
    assertThat(refused(find().setAddress("x".repeat(321)))).containsExactly("address");
    assertThat(refused(find().setClientRef("a\0b"))).containsExactly("client_ref");
    assertThat(refused(find().setClientRef("a").setPageSize(1_001))).containsExactly("page_size");
  }

  @Test
  void findsNothingOfOthers() {
    create(1, "+263771400000");

    SearchMessagesResponse found =
        stub(House.STRANGERS_KEY).searchMessages(find().setClientRef("order-0").build());

    assertThat(found.getMessagesCount()).isZero();
    assertThat(found.getTotalSize()).isZero();
  }

  /// How many commits there are once nobody reads any more.
  private long restingCommits() {
    long[] last = {-1, System.nanoTime()};
    Await.until(
        "it rests",
        () -> {
          long now = house.store.commits();
          if (now != last[0]) {
            last[0] = now;
            last[1] = System.nanoTime();
          }
          return System.nanoTime() - last[1] > Duration.ofMillis(300).toNanos();
        });
    return last[0];
  }

  private String create(int count, String firstNumber) {
    long first = Long.parseLong(firstNumber.substring(1));
    CreateBulkJobRequest.Builder request =
        CreateBulkJobRequest.newBuilder().setSms(SmsContent.newBuilder().setText("hello"));
    for (int i = 0; i < count; i++) {
      request.addEntries(
          BulkJobEntry.newBuilder().setTo("+" + (first + i)).setClientRef("order-" + i));
    }
    return house.jobs().createBulkJob(request.build()).getBulkJob().getBulkId();
  }

  private Iterator<ExportMessagesResponse> export(String bulkId) {
    return house
        .messages()
        .exportMessages(ExportMessagesRequest.newBuilder().setBulkId(bulkId).build());
  }

  private Iterator<ExportMessagesResponse> exportAfter(String bulkId, int position) {
    return house
        .messages()
        .exportMessages(
            ExportMessagesRequest.newBuilder()
                .setBulkId(bulkId)
                .setAfterPosition(position)
                .build());
  }

  private static List<Integer> positions(Iterator<ExportMessagesResponse> batches) {
    List<Integer> positions = new ArrayList<>();
    batches.forEachRemaining(
        batch -> batch.getMessagesList().forEach(message -> positions.add(message.getPosition())));
    return positions;
  }

  private static SearchMessagesRequest.Builder find() {
    return SearchMessagesRequest.newBuilder();
  }

  private SearchMessagesResponse search(SearchMessagesRequest.Builder request) {
    return house.messages().searchMessages(request.build());
  }

  /// The fields that a search is refused for.
  private List<String> refused(SearchMessagesRequest.Builder request) {
    return Refusals.paths(Refusals.of(() -> search(request)));
  }

  private MessageServiceGrpc.MessageServiceBlockingStub stub(String key) {
    return MessageServiceGrpc.newBlockingStub(house.channel())
        .withInterceptors(House.with("x-api-key", key), new ErrorInfoRequired());
  }
}
