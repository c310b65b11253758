package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.v1.AddSuppressionsRequest;
import dev.carillon.v1.AddSuppressionsResponse;
import dev.carillon.v1.Channel;
import dev.carillon.v1.ListSuppressionsRequest;
import dev.carillon.v1.ListSuppressionsResponse;
import dev.carillon.v1.RemoveSuppressionsRequest;
import dev.carillon.v1.RemoveSuppressionsResponse;
import dev.carillon.v1.Suppression;
import dev.carillon.v1.SuppressionCause;
import dev.carillon.v1.SuppressionServiceGrpc;
import dev.carillon.v1.SuppressionServiceGrpc.SuppressionServiceBlockingStub;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class SuppressionIT {
  @AutoClose private final House house = House.open();
  private final SuppressionServiceBlockingStub suppressions = stub(House.KEY);
  private final SuppressionServiceBlockingStub strange = stub(House.STRANGERS_KEY);

  @Test
  void putsAddressesOnAListAndShowsThem() {
    AddSuppressionsResponse added =
        suppressions.addSuppressions(
            AddSuppressionsRequest.newBuilder()
                .setChannel(Channel.CHANNEL_SMS)
                .addAddresses("0771234567")
                .addAddresses("+263771234567")
                .setNote("asked by phone")
                .build());

    assertThat(added).isEqualTo(AddSuppressionsResponse.newBuilder().setAddedCount(1).build());
    assertThat(all().getSuppressionsList())
        .containsExactly(
            Suppression.newBuilder()
                .setChannel(Channel.CHANNEL_SMS)
                .setAddress("+263771234567")
                .setCause(SuppressionCause.SUPPRESSION_CAUSE_MANUAL)
                .setDetail("asked by phone")
                .setCreatedBy("key-1")
                .setCreateTime(ProtoValues.timestamp(House.NOW))
                .build());
    assertThat(
            strange.listSuppressions(ListSuppressionsRequest.getDefaultInstance()).getTotalSize())
        .isZero();
  }

  @Test
  void takesAddressesOffAListAndTellsWhatWasThere() {
    add(SuppressionCause.SUPPRESSION_CAUSE_STOP, "+263771234567");
    Suppression was = all().getSuppressions(0);
    RemoveSuppressionsRequest request =
        RemoveSuppressionsRequest.newBuilder()
            .setChannel(Channel.CHANNEL_SMS)
            .addAddresses("0771234567")
            .addAddresses("+263771234568")
            .setRequestId("r-1")
            .build();
    house.clock.advance(Duration.ofDays(1));

    RemoveSuppressionsResponse removed = suppressions.removeSuppressions(request);

    assertThat(removed)
        .isEqualTo(
            RemoveSuppressionsResponse.newBuilder().addRemoved(was).setUnchangedCount(1).build());
    assertThat(suppressions.removeSuppressions(request)).isEqualTo(removed);
    assertThat(all().getTotalSize()).isZero();
    assertRefused(
        () ->
            suppressions.removeSuppressions(
                request.toBuilder().setChannel(Channel.CHANNEL_WHATSAPP).build()),
        Status.Code.ALREADY_EXISTS,
        "REQUEST_ID_REUSED");
  }

  @Test
  void refusesWhatIsNoAddressWithItsPath() {
    assertThat(
            Refusals.paths(
                refusalOf(() ->
                    add(SuppressionCause.SUPPRESSION_CAUSE_MANUAL, "+263771234567", "somebody"))))
        .containsExactly("addresses[1]");
    assertThat(all().getTotalSize()).isZero();
  }

  @Test
  void refusesRequestsThatAreNone() {
    assertThat(
            Refusals.paths(
                refusalOf(() ->
                    suppressions.addSuppressions(
                        AddSuppressionsRequest.newBuilder()
                            .setNote("x".repeat(256))
                            .setDefaultRegion("zw")
                            .setRequestId("?")
                            .build()))))
        .contains("channel", "addresses", "note", "default_region", "request_id");
    assertThat(
            Refusals.paths(
                refusalOf(() ->
                    add(
                        SuppressionCause.SUPPRESSION_CAUSE_MANUAL,
                        Collections.nCopies(1_001, "+263771234567").toArray(String[]::new)))))
        .containsExactly("addresses");
    assertThat(
            Refusals.paths(
                refusalOf(() ->
                    suppressions.listSuppressions(
                        ListSuppressionsRequest.newBuilder()
                            .setPageSize(1_001)
                            .setSkip(-1)
                            .build()))))
        .contains("page_size", "skip");
    assertThat(
            Refusals.paths(
                refusalOf(() ->
                    suppressions.listSuppressions(
                        ListSuppressionsRequest.newBuilder().setAddress("somebody").build()))))
        .containsExactly("address");
  }

  @Test
  void filtersTheList() {
    add(SuppressionCause.SUPPRESSION_CAUSE_STOP, "+263771234567");
    add(SuppressionCause.SUPPRESSION_CAUSE_MANUAL, "+263771234568");

    assertThat(
            addresses(
                ListSuppressionsRequest.newBuilder()
                    .setCause(SuppressionCause.SUPPRESSION_CAUSE_STOP)))
        .containsExactly("+263771234567");
    assertThat(addresses(ListSuppressionsRequest.newBuilder().setAddress("0771234568")))
        .containsExactly("+263771234568");
    assertThat(addresses(ListSuppressionsRequest.newBuilder().setChannel(Channel.CHANNEL_EMAIL)))
        .isEmpty();
  }

  @Test
  void pagesThroughTheList() {
    String[] many = IntStream.range(0, 5).mapToObj(i -> "+26377123456" + i).toArray(String[]::new);
    add(SuppressionCause.SUPPRESSION_CAUSE_MANUAL, many);
    ListSuppressionsRequest.Builder page =
        ListSuppressionsRequest.newBuilder().setChannel(Channel.CHANNEL_SMS).setPageSize(2);

    ListSuppressionsResponse first = suppressions.listSuppressions(page.build());
    ListSuppressionsResponse second =
        suppressions.listSuppressions(
            page.setPageToken(first.getNextPageToken()).setSkip(1).build());

    assertThat(first.getTotalSize()).isEqualTo(5);
    assertThat(first.getSuppressionsList())
        .extracting(Suppression::getAddress)
        .containsExactly(many[4], many[3]);
    assertThat(second.getSuppressionsList())
        .extracting(Suppression::getAddress)
        .containsExactly(many[1], many[0]);
    assertThat(second.getNextPageToken()).isEmpty();
    assertRefused(
        () ->
            suppressions.listSuppressions(
                page.setChannel(Channel.CHANNEL_EMAIL)
                    .setPageToken(first.getNextPageToken())
                    .build()),
        Status.Code.INVALID_ARGUMENT,
        "INVALID_FIELD");
  }

  private ListSuppressionsResponse all() {
    return suppressions.listSuppressions(ListSuppressionsRequest.getDefaultInstance());
  }

  private List<String> addresses(ListSuppressionsRequest.Builder request) {
    return suppressions.listSuppressions(request.build()).getSuppressionsList().stream()
        .map(Suppression::getAddress)
        .toList();
  }

  private void add(SuppressionCause cause, String... addresses) {
    suppressions.addSuppressions(
        AddSuppressionsRequest.newBuilder()
            .setChannel(Channel.CHANNEL_SMS)
            .setCause(cause)
            .addAllAddresses(List.of(addresses))
            .build());
  }

  private SuppressionServiceBlockingStub stub(String key) {
    return SuppressionServiceGrpc.newBlockingStub(house.channel())
        .withInterceptors(House.with("x-api-key", key), new ErrorInfoRequired());
  }

  private static StatusRuntimeException refusalOf(ThrowingCallable call) {
    return Refusals.of(call);
  }

  private static void assertRefused(ThrowingCallable call, Status.Code code, String reason) {
    StatusRuntimeException refused = refusalOf(call);
    assertThat(refused.getStatus().getCode()).isEqualTo(code);
    assertThat(Refusals.reason(refused)).isEqualTo(reason);
  }
}
