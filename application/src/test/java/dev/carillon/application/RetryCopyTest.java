package dev.carillon.application;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.MessageRepository.Retryable;
import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.job.RetrySelection;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryCopyTest {
  private final ScriptedCarrier carrier = ScriptedCarrier.withWindow(4);
  private final House house = new House(carrier);

  @Test
  void doesNotTakeWhatFailsBehindTheLastPageWhileItIsCopied() {
    carrier.answering(message ->
        message.ref().position() == 0
            ? new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no")
            : ScriptedCarrier.accept(message));
    StoredJob job = house.stored(anSmsJob().to(3));
    house.workAll();
    RetryCopy copy =
        new RetryCopy(
            new CreateBulkJob.Store(
                house.store.jobs(),
                house.store.chunks(),
                house.store.messages(),
                house.store.uploads()),
            job.id(),
            RetrySelection.DEFAULT,
            4,
            Bill.free("USD"));

    assertThat(copy.nextPage()).extracting(Retryable::position).containsExactly(0);
    house.receipt(job.ref(2), ReceiptKind.UNDELIVERED);

    assertThat(house.store.messages().retryable(job.id(), RetrySelection.DEFAULT, 0, 4))
        .isNotEmpty();
    assertThat(copy.nextPage()).isEqualTo(List.of());
  }
}
