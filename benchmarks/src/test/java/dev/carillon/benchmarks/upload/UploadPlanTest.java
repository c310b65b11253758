package dev.carillon.benchmarks.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.benchmarks.Numbers;
import dev.carillon.v1.AddBulkJobRecipientsRequest;
import dev.carillon.v1.Message;
import org.junit.jupiter.api.Test;

final class UploadPlanTest {
  private static final UploadPlan PLAN = new UploadPlan(25, 10);

  @Test
  void theLastChunkHasTheRest() {
    AddBulkJobRecipientsRequest last = PLAN.request("job", 3);
    assertThat(PLAN.chunks()).isEqualTo(3);
    assertThat(last.getSequence()).isEqualTo(3);
    assertThat(last.getEntriesCount()).isEqualTo(5);
    assertThat(last.getEntries(0).getTo()).isEqualTo(Numbers.at(20));
  }

  @Test
  void aMessageIsRightInItsPlaceOnly() {
    Message message =
        Message.newBuilder()
            .setPosition(20)
            .setAddress(Numbers.at(20))
            .setClientRef(PLAN.request("job", 3).getEntries(0).getClientRef())
            .build();
    assertThat(PLAN.isMessage(20, message)).isTrue();
    assertThat(PLAN.isMessage(21, message)).isFalse();
    assertThat(PLAN.isMessage(20, message.toBuilder().setAddress(Numbers.at(3)).build())).isFalse();
    assertThat(PLAN.isMessage(20, message.toBuilder().setPosition(19).build())).isFalse();
  }
}
