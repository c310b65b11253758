package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.rpc.BadRequest;
import com.google.rpc.ResourceInfo;
import dev.carillon.v1.BatchGetRecipientsRequest;
import dev.carillon.v1.Channel;
import dev.carillon.v1.CreateRecipientRequest;
import dev.carillon.v1.DeleteRecipientRequest;
import dev.carillon.v1.EraseAddressRequest;
import dev.carillon.v1.Erasure;
import dev.carillon.v1.GetErasureRequest;
import dev.carillon.v1.GetRecipientRequest;
import dev.carillon.v1.ListRecipientsRequest;
import dev.carillon.v1.ListRecipientsResponse;
import dev.carillon.v1.Recipient;
import dev.carillon.v1.RecipientServiceGrpc.RecipientServiceBlockingStub;
import dev.carillon.v1.UpdateRecipientRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecipientIT {
  /// The body of the seeds' example.
  private static final Recipient JANE =
      Recipient.newBuilder()
          .setFirstName("Jane")
          .setLastName("Smith")
          .setEmail("jane@example.com")
          .setSmsPhone("+263771234567")
          .setWhatsappPhone("+263771234567")
          .setCity("Harare")
          .setCountry("ZW")
          .addTags("customer")
          .addTags("vip")
          .build();

  @AutoClose private final House house = House.open();
  private final RecipientServiceBlockingStub recipients = house.recipients();

  @Test
  void createsAndShowsARecipientFieldByField() {
    Recipient created = create(JANE);

    assertThat(created.getId()).isPositive();
    assertThat(UUID.fromString(created.getPublicId()).version()).isEqualTo(7);
    assertThat(created.getCreateTime()).isEqualTo(ProtoValues.timestamp(House.NOW));
    assertThat(created.getUpdateTime()).isEqualTo(created.getCreateTime());
    assertThat(created.getEtag()).isNotEmpty();
    assertThat(
            created.toBuilder()
                .clearId()
                .clearPublicId()
                .clearCreateTime()
                .clearUpdateTime()
                .clearEtag()
                .build())
        .isEqualTo(JANE);
    assertThat(get(created.getId())).isEqualTo(created);
    assertThat(
            recipients
                .getRecipient(
                    GetRecipientRequest.newBuilder().setPublicId(created.getPublicId()).build())
                .getRecipient())
        .isEqualTo(created);
  }

  @Test
  void readsNumbersAgainstTheRegionOfTheBusinessOrTheRequest() {
    Recipient local = JANE.toBuilder().setSmsPhone("0771234567").build();

    assertThat(create(local).getSmsPhone()).isEqualTo("+263771234567");
    assertThat(
            Refusals.paths(
                Refusals.of(() ->
                    recipients.createRecipient(
                        CreateRecipientRequest.newBuilder()
                            .setRecipient(JANE)
                            .setDefaultRegion("XX")
                            .build()))))
        .containsExactly("default_region");
  }

  @Test
  void namesEveryFieldThatCannotBeAccepted() {
    assertThat(refusedPaths(Recipient.getDefaultInstance()))
        .containsExactly("recipient.first_name", "recipient.last_name", "recipient.email");
    assertThat(refusedPaths(JANE.toBuilder().clearEmail().clearSmsPhone().clearWhatsappPhone()))
        .containsExactly("recipient.email");
    assertThat(refusedPaths(JANE.toBuilder().setFirstName(" ")))
        .containsExactly("recipient.first_name");
    assertThat(refusedPaths(JANE.toBuilder().setSmsPhone("+26377")))
        .containsExactly("recipient.sms_phone");
    assertThat(refusedPaths(JANE.toBuilder().setWhatsappPhone("phone")))
        .containsExactly("recipient.whatsapp_phone");
    assertThat(refusedPaths(JANE.toBuilder().setEmail("[email protected]")))
        .containsExactly("recipient.email");
    assertThat(refusedPaths(JANE.toBuilder().setCountry("Zimbabwe")))
        .containsExactly("recipient.country");
    assertThat(refusedPaths(JANE.toBuilder().setNotes("a\0b").setLastName("a\0b")))
        .containsExactly("recipient.last_name", "recipient.notes");
    assertThat(
            refusedPaths(
                JANE.toBuilder()
                    .addAllTags(IntStream.range(0, 10_000).mapToObj(i -> "tag " + i).toList())))
        .containsExactly("recipient.tags");
    assertThat(refusedPaths(JANE.toBuilder().addTags("t".repeat(65))))
        .containsExactly("recipient.tags[2]");
    assertThat(recipients.listRecipients(ListRecipientsRequest.getDefaultInstance()).getTotalSize())
        .isZero();
  }

  @Test
  void tellsWhoHasAReferenceAlready() {
    Recipient first = create(JANE.toBuilder().setReference("crm-7").build());

    StatusRuntimeException refusal =
        Refusals.of(() -> create(JANE.toBuilder().setReference("crm-7").build()));

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(Refusals.reason(refusal)).isEqualTo("RECIPIENT_EXISTS");
    assertThat(Refusals.info(refusal).getMetadataOrThrow("field")).isEqualTo("recipient.reference");
    assertThat(Refusals.detail(refusal, ResourceInfo.class).getResourceName())
        .isEqualTo(Long.toString(first.getId()));
  }

  @Test
  void storesOneForARequestId() {
    CreateRecipientRequest request =
        CreateRecipientRequest.newBuilder().setRecipient(JANE).setRequestId("r-1").build();
    Recipient first = recipients.createRecipient(request).getRecipient();

    assertThat(recipients.createRecipient(request).getRecipient()).isEqualTo(first);
    assertThat(
            Refusals.reason(
                Refusals.of(() ->
                    recipients.createRecipient(
                        request.toBuilder()
                            .setRecipient(JANE.toBuilder().setCity("Bulawayo"))
                            .build()))))
        .isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void answersAStrangersIdAsOneThatDoesNotExist() {
    Recipient created = create(JANE);
    RecipientServiceBlockingStub stranger = house.recipients(House.STRANGERS_KEY);
    List<StatusRuntimeException> refusals =
        List.of(
            Refusals.of(() ->
                stranger.getRecipient(
                    GetRecipientRequest.newBuilder().setId(created.getId()).build())),
            Refusals.of(() ->
                stranger.getRecipient(
                    GetRecipientRequest.newBuilder().setPublicId(created.getPublicId()).build())),
            Refusals.of(() ->
                stranger.batchGetRecipients(
                    BatchGetRecipientsRequest.newBuilder().addIds(created.getId()).build())),
            Refusals.of(() ->
                stranger.updateRecipient(
                    UpdateRecipientRequest.newBuilder().setRecipient(created).build())),
            Refusals.of(() ->
                stranger.deleteRecipient(
                    DeleteRecipientRequest.newBuilder().setId(created.getId()).build())),
            Refusals.of(
                () -> recipients.getRecipient(GetRecipientRequest.newBuilder().setId(999).build())),
            Refusals.of(() ->
                recipients.getRecipient(
                    GetRecipientRequest.newBuilder().setPublicId("nonsense").build())));

    assertThat(refusals)
        .allSatisfy(refusal -> {
          assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
          assertThat(Refusals.reason(refusal)).isEqualTo("RECIPIENT_NOT_FOUND");
          assertThat(Refusals.detail(refusal, ResourceInfo.class).getResourceType())
              .isEqualTo("carillon.v1.Recipient");
        });
    assertThat(get(created.getId())).isEqualTo(created);
    assertThat(stranger.listRecipients(ListRecipientsRequest.getDefaultInstance()).getTotalSize())
        .isZero();
  }

  @Test
  void changesWhatIsPopulatedOrNamed() {
    Recipient created = create(JANE);
    house.clock.advance(Duration.ofMinutes(75));

    Recipient populated =
        update(
            Recipient.newBuilder()
                .setId(created.getId())
                .setEmail("jane.smith@example.com")
                .addTags("customer")
                .addTags("vip")
                .addTags("newsletter"));
    Recipient named =
        update(
            Recipient.newBuilder().setPublicId(created.getPublicId()).setCity("ignored"),
            "notes",
            "whatsapp_phone");
    Recipient all =
        update(
            Recipient.newBuilder()
                .setId(created.getId())
                .setFirstName("Ann")
                .setLastName("Brown")
                .setEmail("ann@example.com"),
            "*");

    assertThat(populated.getTagsList()).containsExactly("customer", "vip", "newsletter");
    assertThat(populated.getEmail()).isEqualTo("jane.smith@example.com");
    assertThat(populated.getSmsPhone()).isEqualTo(JANE.getSmsPhone());
    assertThat(populated.getUpdateTime())
        .isEqualTo(ProtoValues.timestamp(House.NOW.plus(Duration.ofMinutes(75))));
    assertThat(populated.getCreateTime()).isEqualTo(created.getCreateTime());
    assertThat(named.getWhatsappPhone()).isEmpty();
    assertThat(named.getCity()).isEqualTo("Harare");
    assertThat(all.getCity()).isEmpty();
    assertThat(all.getTagsList()).isEmpty();
    assertThat(get(created.getId())).isEqualTo(all);
  }

  @Test
  void refusesChangesThatCannotBe() {
    Recipient created = create(JANE.toBuilder().clearEmail().clearWhatsappPhone().build());
    Recipient.Builder change = Recipient.newBuilder().setId(created.getId());

    assertThat(refusedUpdate(change, "sms_phone")).containsExactly("recipient.email");
    assertThat(refusedUpdate(change, "id", "first_name", "etag"))
        .containsExactly("update_mask.paths[0]", "update_mask.paths[2]");
    assertThat(refusedUpdate(change, "first_name")).containsExactly("recipient.first_name");
    assertThat(refusedUpdate(Recipient.newBuilder().setCity("x"), "city"))
        .containsExactly("recipient.id");
    assertThat(get(created.getId())).isEqualTo(created);
  }

  @Test
  void changesAndDeletesOnlyWhatTheCallerSaw() {
    Recipient created = create(JANE);
    update(Recipient.newBuilder().setId(created.getId()).setNotes("first"));

    StatusRuntimeException update =
        Refusals.of(() -> update(created.toBuilder().setNotes("second")));
    StatusRuntimeException delete =
        Refusals.of(() ->
            recipients.deleteRecipient(
                DeleteRecipientRequest.newBuilder()
                    .setId(created.getId())
                    .setEtag(created.getEtag())
                    .build()));

    for (StatusRuntimeException refusal : List.of(update, delete)) {
      assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
      assertThat(Refusals.reason(refusal)).isEqualTo("ETAG_MISMATCH");
    }
    Recipient now = get(created.getId());
    assertThat(now.getNotes()).isEqualTo("first");
    assertThat(update(now.toBuilder().setNotes("second")).getNotes()).isEqualTo("second");
  }

  @Test
  void deletesAtOnceAndShowsTheErasure() {
    Recipient created = create(JANE);
    DeleteRecipientRequest request =
        DeleteRecipientRequest.newBuilder().setId(created.getId()).setRequestId("d-1").build();

    Erasure erasure = recipients.deleteRecipient(request).getErasure();

    assertThat(erasure.getId()).isNotEmpty();
    assertThat(erasure.getCreateTime()).isEqualTo(ProtoValues.timestamp(House.NOW));
    assertThat(Refusals.reason(Refusals.of(() -> get(created.getId()))))
        .isEqualTo("RECIPIENT_NOT_FOUND");
    assertThat(recipients.deleteRecipient(request).getErasure().getId()).isEqualTo(erasure.getId());
    assertThat(
            recipients
                .getErasure(GetErasureRequest.newBuilder().setId(erasure.getId()).build())
                .getErasure())
        .isEqualTo(erasure);
    assertThat(
            Refusals.reason(
                Refusals.of(() ->
                    house
                        .recipients(House.STRANGERS_KEY)
                        .getErasure(
                            GetErasureRequest.newBuilder().setId(erasure.getId()).build()))))
        .isEqualTo("ERASURE_NOT_FOUND");
  }

  @Test
  void takesAnErasedAddressFromEverybody() {
    Recipient byMail = create(JANE);
    Recipient byPhoneAlone = create(JANE.toBuilder().clearEmail().build());

    Erasure erasure =
        recipients
            .eraseAddress(
                EraseAddressRequest.newBuilder()
                    .setChannel(Channel.CHANNEL_SMS)
                    .setAddress("0771234567")
                    .build())
            .getErasure();

    assertThat(erasure.getId()).isNotEmpty();
    assertThat(get(byMail.getId()).getSmsPhone()).isEmpty();
    assertThat(get(byMail.getId()).getWhatsappPhone()).isEmpty();
    assertThat(get(byMail.getId()).getEmail()).isEqualTo("jane@example.com");
    assertThat(Refusals.of(() -> get(byPhoneAlone.getId())).getStatus().getCode())
        .isEqualTo(Status.Code.NOT_FOUND);
    assertThat(
            Refusals.paths(
                Refusals.of(() ->
                    recipients.eraseAddress(
                        EraseAddressRequest.newBuilder()
                            .setChannel(Channel.CHANNEL_EMAIL)
                            .setAddress("0771234567")
                            .build()))))
        .containsExactly("address");
  }

  @Test
  void getsSeveralInTheOrderOfTheRequest() {
    Recipient one = create(JANE);
    Recipient two = create(JANE);

    assertThat(
            recipients
                .batchGetRecipients(
                    BatchGetRecipientsRequest.newBuilder()
                        .addIds(two.getId())
                        .addIds(one.getId())
                        .addPublicIds(two.getPublicId())
                        .build())
                .getRecipientsList())
        .containsExactly(two, one, two);
    assertThat(
            Refusals.paths(
                Refusals.of(() ->
                    recipients.batchGetRecipients(BatchGetRecipientsRequest.getDefaultInstance()))))
        .containsExactly("ids");
    assertThat(
            Refusals.paths(
                Refusals.of(() ->
                    recipients.batchGetRecipients(
                        BatchGetRecipientsRequest.newBuilder()
                            .addAllIds(
                                IntStream.rangeClosed(1, 600).mapToObj(i -> (long) i).toList())
                            .addAllPublicIds(
                                IntStream.range(0, 401).mapToObj(_ -> one.getPublicId()).toList())
                            .build()))))
        .containsExactly("ids");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id",
        "id desc",
        "create_time",
        "update_time desc",
        "last_name",
        "last_name desc"
      })
  void listsEverybodyOncePageByPage(String order) {
    for (int i = 0; i < 12; i++) {
      create(JANE.toBuilder().setLastName("N" + i % 4).build());
      house.clock.advance(Duration.ofSeconds(i % 2));
    }
    ListRecipientsRequest.Builder request =
        ListRecipientsRequest.newBuilder().setPageSize(5).setOrderBy(order);

    List<Recipient> all = new ArrayList<>();
    ListRecipientsResponse page;
    do {
      page = recipients.listRecipients(request.build());
      assertThat(page.getTotalSize()).isEqualTo(12);
      all.addAll(page.getRecipientsList());
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());

    assertThat(all).hasSize(12).doesNotHaveDuplicates();
    assertThat(
            recipients
                .listRecipients(
                    ListRecipientsRequest.newBuilder().setPageSize(1_000).setOrderBy(order).build())
                .getRecipientsList())
        .isEqualTo(all);
  }

  @Test
  void filtersAndSkips() {
    Recipient vip = create(JANE);
    Recipient other =
        create(
            JANE.toBuilder()
                .setLastName("Brown")
                .clearTags()
                .clearEmail()
                .setReference("crm-9")
                .build());

    assertThat(listed(ListRecipientsRequest.newBuilder().addTags("vip"))).containsExactly(vip);
    assertThat(listed(ListRecipientsRequest.newBuilder().setText("jane b"))).containsExactly(other);
    assertThat(listed(ListRecipientsRequest.newBuilder().setText("CRM-9"))).containsExactly(other);
    assertThat(listed(ListRecipientsRequest.newBuilder().setChannel(Channel.CHANNEL_EMAIL)))
        .containsExactly(vip);
    assertThat(listed(ListRecipientsRequest.newBuilder().setSkip(1))).containsExactly(other);
    assertThat(
            Refusals.reason(
                Refusals.of(() -> listed(ListRecipientsRequest.newBuilder().setGroupId("x")))))
        .isEqualTo("RECIPIENT_GROUP_NOT_FOUND");
  }

  @Test
  void refusesListsThatCannotBe() {
    create(JANE);
    create(JANE);
    String token =
        recipients
            .listRecipients(ListRecipientsRequest.newBuilder().setPageSize(1).build())
            .getNextPageToken();

    assertThat(refusedList(ListRecipientsRequest.newBuilder().setOrderBy("email")))
        .containsExactly("order_by");
    assertThat(refusedList(ListRecipientsRequest.newBuilder().setPageSize(1_001)))
        .containsExactly("page_size");
    assertThat(refusedList(ListRecipientsRequest.newBuilder().setSkip(-1))).containsExactly("skip");
    assertThat(refusedList(ListRecipientsRequest.newBuilder().addTags("").setText("a\0b")))
        .containsExactly("tags[0]", "text");
    assertThat(refusedList(ListRecipientsRequest.newBuilder().setPageToken("nonsense")))
        .containsExactly("page_token");
    assertThat(
            refusedList(
                ListRecipientsRequest.newBuilder().setPageToken(token).setOrderBy("id desc")))
        .containsExactly("page_token");
    assertThat(refusedList(ListRecipientsRequest.newBuilder().setPageToken(token).addTags("vip")))
        .containsExactly("page_token");
  }

  private Recipient create(Recipient recipient) {
    return recipients
        .createRecipient(CreateRecipientRequest.newBuilder().setRecipient(recipient).build())
        .getRecipient();
  }

  private Recipient get(long id) {
    return recipients
        .getRecipient(GetRecipientRequest.newBuilder().setId(id).build())
        .getRecipient();
  }

  private Recipient update(Recipient.Builder change, String... paths) {
    UpdateRecipientRequest.Builder request =
        UpdateRecipientRequest.newBuilder().setRecipient(change);
    if (paths.length > 0) {
      request.setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)));
    }
    return recipients.updateRecipient(request.build()).getRecipient();
  }

  private List<Recipient> listed(ListRecipientsRequest.Builder request) {
    return recipients.listRecipients(request.build()).getRecipientsList();
  }

  private List<String> refusedPaths(Recipient.Builder recipient) {
    return refusedPaths(recipient.build());
  }

  private List<String> refusedPaths(Recipient recipient) {
    StatusRuntimeException refusal = Refusals.of(() -> create(recipient));
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(Refusals.reason(refusal)).isEqualTo("INVALID_FIELD");
    assertThat(Refusals.detail(refusal, BadRequest.class).getFieldViolationsList())
        .allSatisfy(violation -> assertThat(violation.getDescription()).isNotEmpty());
    return Refusals.paths(refusal);
  }

  private List<String> refusedUpdate(Recipient.Builder change, String... paths) {
    return Refusals.paths(Refusals.of(() -> update(change, paths)));
  }

  private List<String> refusedList(ListRecipientsRequest.Builder request) {
    return Refusals.paths(Refusals.of(() -> listed(request)));
  }
}
