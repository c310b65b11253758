package dev.carillon.application.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.JobAtWork;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.Priority;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BusyCarriersTest {
  private static final CarrierId B = new CarrierId("b");

  private final BusyCarriers busy = new BusyCarriers();
  private final JobAtWork first = job(1, "a");
  private final JobAtWork second = job(2, "a");
  private final JobAtWork third = job(3, "b");

  @Test
  void countsWorkersByTheProvidersOfTheirJobs() {
    busy.enter(first);
    busy.enter(first);
    busy.enter(second);
    assertThat(busy.workersBeside(second)).isEqualTo(3);
    assertThat(busy.workersBeside(third)).isZero();

    busy.leave(first);
    busy.leave(first);
    busy.leave(second);
    busy.leave(second);
    assertThat(busy.workersBeside(first)).isZero();
  }

  @Test
  void countsThemByWhereTheirJobsGoOnceThatIsKnown() {
    busy.enter(first);
    busy.enter(second);
    busy.goesBy(first, B);
    busy.enter(first);

    assertThat(busy.of(first)).isEqualTo(B);
    assertThat(busy.workersBeside(third)).isEqualTo(2);
    assertThat(busy.workersBeside(second)).isOne();

    busy.goesBy(first, first.provider());
    assertThat(busy.workersBeside(third)).isZero();
    assertThat(busy.workersBeside(second)).isEqualTo(3);
  }

  @Test
  void losesNoWorkerOfAJobThatIsGone() {
    busy.enter(first);
    busy.goesBy(first, B);
    busy.update(Set.of());

    assertThat(busy.of(first)).isEqualTo(first.provider());
    busy.leave(first);
    assertThat(busy.workersBeside(third)).isZero();
    assertThat(busy.workersBeside(second)).isZero();
  }

  private static JobAtWork job(long id, String provider) {
    return new JobAtWork(
        new JobId(id), new BusinessId(1), Priority.NORMAL, new CarrierId(provider), false);
  }
}
