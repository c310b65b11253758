package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.rpc.PreconditionFailure;
import dev.carillon.application.fixture.Background;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.v1.AddBulkJobRecipientsRequest;
import dev.carillon.v1.AddBulkJobRecipientsResponse;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.CancelBulkJobRequest;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.CreateBulkJobResponse;
import dev.carillon.v1.GetBulkJobRequest;
import dev.carillon.v1.ListMessagesRequest;
import dev.carillon.v1.ListMessagesResponse;
import dev.carillon.v1.Message;
import dev.carillon.v1.RejectedEntry;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.StartBulkJobRequest;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Uploads by real connections, broken ones included.
final class UploadIT {
  private static final Duration SOON = Duration.ofMillis(200);
  private static final String UNKNOWN_ID = "0197a1b2-0000-7000-8000-00000000ffff";

  private final List<House> houses = new ArrayList<>();
  private final House house = keep(House.open());

  @AfterEach
  void close() throws InterruptedException {
    for (House opened : houses) {
      opened.close();
    }
  }

  @Test
  void uploadsAJobChunkByChunkAndStartsIt() {
    CreateBulkJobResponse created = house.jobs().createBulkJob(opening().build());
    BulkJob job = created.getBulkJob();
    assertThat(job.getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_OPEN);
    assertThat(job.getNextSequence()).isEqualTo(1);
    assertThat(created.getRejectedEntriesList()).isEmpty();

    Uploader uploader = Uploader.to(house, job.getBulkId());
    uploader.send(1, entries(0, 3));
    uploader.send(2, List.of(entry("0771234567"), entry("12"), entry("+263771000001"), entry("")));
    List<AddBulkJobRecipientsResponse> acks = uploader.acks(2);
    assertThat(uploader.complete().isCompleted()).isTrue();

    assertThat(acks.getFirst())
        .isEqualTo(
            AddBulkJobRecipientsResponse.newBuilder()
                .setBulkId(job.getBulkId())
                .setSequence(1)
                .setAccepted(3)
                .setParts(3)
                .setTotal(3)
                .build());
    AddBulkJobRecipientsResponse second = acks.get(1);
    assertThat(second.getAccepted()).isEqualTo(1);
    assertThat(second.getRejected()).isEqualTo(3);
    assertThat(second.getInvalid()).isEqualTo(1);
    assertThat(second.getDuplicate()).isEqualTo(1);
    assertThat(second.getNoAddress()).isEqualTo(1);
    assertThat(second.getTotal()).isEqualTo(7);
    assertThat(second.getRejectedEntriesList())
        .extracting(RejectedEntry::getPath, RejectedEntry::getPosition, RejectedEntry::getReason)
        .containsExactly(
            tuple("entries[1].to", 4, "INVALID_DESTINATION"),
            tuple("entries[2].to", 5, "DUPLICATE"),
            tuple("entries[3].to", 6, "NO_ADDRESS"));
    assertThat(get(job).getNextSequence()).isEqualTo(3);
    assertThat(get(job).getCounters().getAccepted()).isEqualTo(4);

    BulkJob started = house.jobs().startBulkJob(start(job).setCount(7).build()).getBulkJob();

    assertThat(started.getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_PENDING);
    assertThat(started.getName()).isEqualTo("SMS to 7 recipients");
    assertThat(get(job).getNextSequence()).isZero();
    assertThat(house.jobs().startBulkJob(start(job).build()).getBulkJob()).isEqualTo(started);
  }

  @Test
  void goesOnAfterEveryCutAndStoresEachRecipientOnceAndInOrder() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int chunks = 60;
    int size = 50;
    BulkJob job = open();
    int cuts = 0;
    long next = 1;
    while (next <= chunks) {
      Uploader uploader = Uploader.to(house, job.getBulkId());
      for (long sequence = next; sequence <= chunks; sequence++) {
        uploader.send(sequence, chunk(sequence, size));
      }
      int left = (int) (chunks - next + 1);
      int heard = uploader.acks(cuts < 5 ? random.nextInt(Math.min(left, 10)) : left).size();
      uploader.cut();
      cuts++;
      // By what was heard, which may be behind, or by what the service says, which never is.
      long bySelf = next + heard;
      long byService = get(job).getNextSequence();
      assertThat(byService).as("seed %d", seed).isGreaterThanOrEqualTo(bySelf);
      next = random.nextBoolean() ? bySelf : byService;
    }

    assertThat(cuts).isGreaterThan(1);
    assertThat(get(job).getCounters().getAccepted()).isEqualTo((long) chunks * size);
    assertThat(get(job).getCounters().getRejected()).isZero();
    house.jobs().startBulkJob(start(job).setCount((long) chunks * size).build());
    assertThat(addresses(job))
        .as("seed %d", seed)
        .isEqualTo(IntStream.range(0, chunks * size).mapToObj(UploadIT::address).toList());
  }

  @Test
  void answersARepeatedChunkWithTheFirstAcknowledgement() {
    BulkJob job = open();
    List<BulkJobEntry> entries = List.of(entry("0771000001"), entry("12"), entry("0771000001"));

    AddBulkJobRecipientsResponse first =
        Uploader.to(house, job.getBulkId()).send(1, entries).acks(1).getFirst();
    List<AddBulkJobRecipientsResponse> again =
        Uploader.to(house, job.getBulkId()).send(1, entries).send(2, entries).acks(2);

    assertThat(again.getFirst()).isEqualTo(first);
    assertThat(again.get(1).getDuplicate()).isEqualTo(2);
    assertThat(get(job).getCounters().getTotal()).isEqualTo(6);
  }

  @Test
  void takesChunksOfOneJobFromSeveralStreams() {
    BulkJob job = open();
    Uploader one = Uploader.to(house, job.getBulkId());
    Uploader other = Uploader.to(house, job.getBulkId());

    one.send(1, chunk(1, 10)).acks(1);
    other.send(2, chunk(2, 10)).acks(1);
    one.send(3, chunk(3, 10)).acks(2);

    assertThat(one.complete().isCompleted()).isTrue();
    assertThat(other.complete().isCompleted()).isTrue();
    assertThat(get(job).getNextSequence()).isEqualTo(4);
    assertThat(addresses(job)).hasSize(30);
  }

  @Test
  void endsAStreamByARefusalAndKeepsWhatWasAcknowledged() {
    BulkJob job = open();
    Uploader gap = Uploader.to(house, job.getBulkId()).send(1, chunk(1, 5));
    gap.acks(1);

    StatusRuntimeException missing = gap.send(3, chunk(3, 5)).refusal();
    StatusRuntimeException reused =
        Uploader.to(house, job.getBulkId()).send(1, chunk(2, 5)).refusal();

    assertThat(missing.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(Refusals.reason(missing)).isEqualTo("SEQUENCE_GAP");
    assertThat(Refusals.info(missing).getMetadataMap()).containsEntry("expected", "2");
    assertThat(Refusals.detail(missing, PreconditionFailure.class).getViolationsCount())
        .isEqualTo(1);
    assertThat(reused.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(Refusals.reason(reused)).isEqualTo("SEQUENCE_REUSED");
    assertThat(get(job).getCounters().getAccepted()).isEqualTo(5);
    assertThat(get(job).getNextSequence()).isEqualTo(2);
  }

  @Test
  void refusesChunksThatAreMalformed() {
    BulkJob job = open();
    String id = job.getBulkId();

    assertThat(paths(Uploader.to(house, id).send(0, chunk(1, 1)))).containsExactly("sequence");
    assertThat(paths(Uploader.to(house, "").send(1, chunk(1, 1)))).containsExactly("bulk_id");
    assertThat(paths(Uploader.to(house, id).send(1, List.of()))).containsExactly("entries");
    assertThat(paths(Uploader.to(house, id).send(1, chunk(1, 1_001)))).containsExactly("entries");
    assertThat(
            paths(
                Uploader.to(house, id)
                    .send(1, List.of(entry("0771000001"), entry("07710\0"), entry("1\0")))))
        .containsExactly("entries[1].to", "entries[2].to");
    assertThat(get(job).getCounters().getTotal()).isZero();
  }

  @Test
  void takesChunksOfOpenJobsOfTheCallerOnly() {
    BulkJob job = open();
    Uploader.to(house, job.getBulkId()).send(1, chunk(1, 1)).acks(1);

    assertThat(
            Refusals.reason(
                Uploader.to(house, job.getBulkId(), House.STRANGERS_KEY)
                    .send(2, chunk(2, 1))
                    .refusal()))
        .isEqualTo("BULK_JOB_NOT_FOUND");
    assertThat(Refusals.reason(Uploader.to(house, UNKNOWN_ID).send(1, chunk(1, 1)).refusal()))
        .isEqualTo("BULK_JOB_NOT_FOUND");
    assertThat(
            Refusals.reason(
                Uploader.to(house, job.getBulkId(), "sk_test_wrong")
                    .send(2, chunk(2, 1))
                    .refusal()))
        .isEqualTo("INVALID_CREDENTIALS");
    house.jobs().startBulkJob(start(job).build());
    StatusRuntimeException late =
        Uploader.to(house, job.getBulkId()).send(2, chunk(2, 1)).refusal();
    assertThat(Refusals.reason(late)).isEqualTo("ILLEGAL_TRANSITION");
    assertThat(Refusals.info(late).getMetadataMap()).containsEntry("status", "PENDING");
  }

  @Test
  void saysThatNobodyWasUploaded() {
    BulkJob job = open();

    StatusRuntimeException nobody =
        Refusals.of(() -> house.jobs().startBulkJob(start(job).build()));

    assertThat(Refusals.reason(nobody)).isEqualTo("NO_VALID_RECIPIENTS");
    assertThat(nobody.getStatus().getDescription()).isEqualTo("bulk_id: nobody has been uploaded");
    assertThat(Refusals.paths(nobody)).containsExactly("bulk_id");
  }

  @Test
  void startsNoJobToNobodyAndNoneThatWasCancelled() {
    BulkJob job = open();
    Uploader.to(house, job.getBulkId()).send(1, List.of(entry("12"), entry(""))).acks(1);

    StatusRuntimeException nobody =
        Refusals.of(() -> house.jobs().startBulkJob(start(job).build()));
    StatusRuntimeException miscounted =
        Refusals.of(() -> house.jobs().startBulkJob(start(job).setCount(3).build()));
    var _ =
        house
            .jobs()
            .cancelBulkJob(CancelBulkJobRequest.newBuilder().setBulkId(job.getBulkId()).build());
    StatusRuntimeException cancelled =
        Refusals.of(() -> house.jobs().startBulkJob(start(job).build()));

    assertThat(Refusals.reason(nobody)).isEqualTo("NO_VALID_RECIPIENTS");
    assertThat(Refusals.paths(nobody)).containsExactly("entries[0].to", "entries[1].to");
    assertThat(Refusals.paths(miscounted)).containsExactly("count");
    assertThat(Refusals.reason(cancelled)).isEqualTo("ILLEGAL_TRANSITION");
    assertThat(house.job(job.getBulkId()).status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void opensNoJobThatHasAnAudienceAlready() {
    assertThat(
            Refusals.paths(
                Refusals.of(
                    () -> house.jobs().createBulkJob(opening().addTo("0771000001").build()))))
        .containsExactly("to");
    assertThat(
            Refusals.paths(
                Refusals.of(() -> house.jobs().createBulkJob(opening().setCount(3).build()))))
        .containsExactly("count");
  }

  @Test
  void answersARepeatedOpeningAsAtFirst() {
    CreateBulkJobRequest opening = opening().setRequestId("campaign-1").build();
    CreateBulkJobResponse first = house.jobs().createBulkJob(opening);
    Uploader.to(house, first.getBulkJob().getBulkId()).send(1, chunk(1, 3)).acks(1);

    assertThat(house.jobs().createBulkJob(opening)).isEqualTo(first);
  }

  @Test
  void takesThePlaceOfACallerWhoFallsSilent() {
    House impatient =
        keep(House.open(config(new GrpcConfig.Load(8, SOON, 8, SOON, Duration.ofSeconds(1), 1))));
    String id = open(impatient).getBulkId();
    Uploader silent = Uploader.to(impatient, id).send(1, chunk(1, 1));
    silent.acks(1);

    StatusRuntimeException ended = silent.refusal();

    assertThat(ended.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(Refusals.reason(ended)).isEqualTo("REQUEST_TOO_SLOW");
    Uploader next = Uploader.to(impatient, id).send(2, chunk(2, 1));
    assertThat(next.acks(1)).hasSize(1);
  }

  @Test
  void opensNoMoreStreamsThanThereIsRoomFor() {
    House narrow =
        keep(House.open(config(new GrpcConfig.Load(8, SOON, 8, SOON, Duration.ofSeconds(30), 1))));
    String id = open(narrow).getBulkId();
    Uploader first = Uploader.to(narrow, id).send(1, chunk(1, 1));
    first.acks(1);

    StatusRuntimeException refused = Uploader.to(narrow, id).send(2, chunk(2, 1)).refusal();

    assertThat(Refusals.reason(refused)).isEqualTo("QUOTA_EXCEEDED");
    first.complete();
    for (int i = 2; i < 10; i++) {
      Uploader.to(narrow, id).send(i, chunk(i, 1)).complete();
    }
    for (int i = 0; i < 10; i++) {
      Uploader.to(narrow, id).send(99, chunk(1, 1)).refusal();
      Uploader.to(narrow, id).cut();
    }
    assertThat(get(narrow, id).getNextSequence()).isEqualTo(10);
    assertThat(Uploader.to(narrow, id).send(10, chunk(10, 1)).acks(1)).hasSize(1);
  }

  @Test
  void sendsCallersToAnotherNodeWhenThisOneStops() throws InterruptedException {
    House leaving = keep(house.node(config(GrpcConfig.Load.DEFAULTS)));
    BulkJob job = open();
    Uploader idle = Uploader.to(leaving, job.getBulkId());
    Uploader busy = Uploader.to(leaving, job.getBulkId()).send(1, chunk(1, 5));
    busy.acks(1);

    assertThat(leaving.server.stop(Duration.ofSeconds(20))).isTrue();

    for (Uploader uploader : List.of(idle, busy)) {
      assertThat(uploader.refusal().getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(Refusals.reason(uploader.refusal())).isEqualTo("SERVICE_DRAINING");
    }
    assertThat(Uploader.to(house, job.getBulkId()).send(2, chunk(2, 5)).acks(1)).hasSize(1);
  }

  @Test
  void finishesTheChunkThatIsInWorkBeforeItStops() throws InterruptedException {
    House leaving = keep(house.node(config(GrpcConfig.Load.DEFAULTS)));
    BulkJob job = open();
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch holding = new CountDownLatch(1);
    house.feed.onChange(_ -> {
      holding.countDown();
      assertThat(awaited(goOn)).isTrue();
    });
    Uploader uploader = Uploader.to(leaving, job.getBulkId()).send(1, chunk(1, 5));
    assertThat(holding.await(20, TimeUnit.SECONDS)).isTrue();

    Background<Boolean> stopping =
        Background.start(() -> leaving.server.stop(Duration.ofSeconds(20)));
    goOn.countDown();

    assertThat(stopping.result()).isTrue();
    assertThat(uploader.acks(1)).hasSize(1);
    assertThat(Refusals.reason(uploader.refusal())).isEqualTo("SERVICE_DRAINING");
    assertThat(get(job).getNextSequence()).isEqualTo(2);
  }

  @Test
  void refusesWhatIsNoChunk() {
    byte[] tornField = {0x0A, 0x7F, 0x41};

    StatusRuntimeException refusal =
        Refusals.of(() ->
            RawCalls.call(
                ClientInterceptors.intercept(house.channel(), House.with("x-api-key", House.KEY)),
                BulkJobServiceGrpc.getAddBulkJobRecipientsMethod().getFullMethodName(),
                tornField,
                CallOptions.DEFAULT));

    assertThat(Refusals.reason(refusal)).isEqualTo("INVALID_REQUEST");
  }

  @Test
  void readsNoChunkOfMoreEntriesThanAreAllowed() {
    AddBulkJobRecipientsRequest.Builder crumbs =
        AddBulkJobRecipientsRequest.newBuilder().setBulkId(open().getBulkId()).setSequence(1);
    for (int i = 0; i < 300_000; i++) {
      crumbs.addEntries(BulkJobEntry.getDefaultInstance());
    }

    StatusRuntimeException refusal =
        Uploader.to(house, crumbs.getBulkId()).send(crumbs.build()).refusal();

    assertThat(Refusals.paths(refusal)).containsExactly("entries");
    assertThat(refusal.getStatus().getDescription()).contains("300000");
  }

  private House keep(House opened) {
    houses.addFirst(opened);
    return opened;
  }

  private static GrpcConfig config(GrpcConfig.Load load) {
    return House.config(load);
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private BulkJob open() {
    return open(house);
  }

  private static BulkJob open(House at) {
    return at.jobs().createBulkJob(opening().build()).getBulkJob();
  }

  private BulkJob get(BulkJob job) {
    return get(house, job.getBulkId());
  }

  private static BulkJob get(House at, String bulkId) {
    return at.jobs()
        .getBulkJob(GetBulkJobRequest.newBuilder().setBulkId(bulkId).build())
        .getBulkJob();
  }

  private List<String> addresses(BulkJob job) {
    List<String> addresses = new ArrayList<>();
    ListMessagesRequest page =
        ListMessagesRequest.newBuilder().setBulkId(job.getBulkId()).setPageSize(1_000).build();
    ListMessagesResponse listed = house.messages().listMessages(page);
    while (true) {
      listed.getMessagesList().stream().map(Message::getAddress).forEach(addresses::add);
      if (listed.getNextPageToken().isEmpty()) {
        return addresses;
      }
      listed =
          house
              .messages()
              .listMessages(page.toBuilder().setPageToken(listed.getNextPageToken()).build());
    }
  }

  private static List<String> paths(Uploader uploader) {
    return Refusals.paths(uploader.refusal());
  }

  private static CreateBulkJobRequest.Builder opening() {
    return CreateBulkJobRequest.newBuilder()
        .setSms(SmsContent.newBuilder().setText("hello"))
        .setUpload(true);
  }

  private static StartBulkJobRequest.Builder start(BulkJob job) {
    return StartBulkJobRequest.newBuilder().setBulkId(job.getBulkId());
  }

  private static List<BulkJobEntry> chunk(long sequence, int size) {
    return entries((int) (sequence - 1) * size, size);
  }

  private static List<BulkJobEntry> entries(int first, int size) {
    return IntStream.range(first, first + size).mapToObj(number -> entry(address(number))).toList();
  }

  private static BulkJobEntry entry(String to) {
    return BulkJobEntry.newBuilder().setTo(to).build();
  }

  private static String address(int number) {
    return "+26377" + (1_000_000 + number);
  }
}
