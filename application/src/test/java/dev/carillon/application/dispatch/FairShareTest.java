package dev.carillon.application.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.JobAtWork;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FairShareTest {
  private static final int CHUNK = 500;
  private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");

  private final FairShare share = new FairShare(Duration.ZERO);

  @Test
  void servesBusinessesEvenlyHoweverManyJobsTheyHave() {
    List<JobAtWork> waiting = new ArrayList<>();
    waiting.add(job(1, 1, Priority.NORMAL));
    for (int id = 2; id <= 20; id++) {
      waiting.add(job(id, 2, Priority.NORMAL));
    }

    Map<Long, Integer> served = byBusiness(serve(waiting, 1_000));

    assertThat(served).containsEntry(1L, 500).containsEntry(2L, 500);
  }

  @Test
  void servesTheJobsOfABusinessEvenly() {
    List<JobAtWork> waiting =
        List.of(job(1, 1, Priority.NORMAL), job(2, 1, Priority.NORMAL), job(3, 1, Priority.NORMAL));

    assertThat(count(serve(waiting, 300))).containsExactly(100, 100, 100);
  }

  @Test
  void servesPrioritiesByTheirWeightsSoThatNoneStarves() {
    List<JobAtWork> waiting =
        List.of(job(1, 1, Priority.URGENT), job(2, 1, Priority.NORMAL), job(3, 1, Priority.BULK));

    assertThat(count(serve(waiting, 730))).containsExactly(640, 80, 10);
  }

  @Test
  void whoComesAnewIsServedNextAndIsOwedNothing() {
    JobAtWork large = job(1, 1, Priority.NORMAL);
    serve(List.of(large), 2_000);
    JobAtWork small = job(2, 2, Priority.NORMAL);

    List<JobAtWork> served = serve(List.of(large, small), 20);

    assertThat(served.subList(0, 2)).contains(small);
    assertThat(byBusiness(served)).containsEntry(1L, 10).containsEntry(2L, 10);
  }

  @Test
  void whoWaitedForSomethingElseMeanwhileIsOwedNothing() {
    JobAtWork busy = job(1, 1, Priority.NORMAL);
    JobAtWork deferred = job(2, 2, Priority.NORMAL);
    List<JobAtWork> both = List.of(busy, deferred);
    share.update(both);
    for (int turn = 0; turn < 1_000; turn++) {
      share.catchUp(List.of(busy));
      share.charge(share.next(List.of(busy), NOW), CHUNK);
    }

    List<JobAtWork> served = new ArrayList<>();
    for (int turn = 0; turn < 20; turn++) {
      share.catchUp(both);
      JobAtWork next = share.next(both, NOW);
      share.charge(next, CHUNK);
      served.add(next);
    }

    assertThat(byBusiness(served).get(2L)).isBetween(10, 11);
  }

  @Test
  void anUrgentJobGoesFirstAmongEquals() {
    JobAtWork large = job(1, 1, Priority.BULK);
    serve(List.of(large), 2_000);
    JobAtWork urgent = job(2, 2, Priority.URGENT);
    List<JobAtWork> waiting = List.of(urgent, large);
    share.update(waiting);

    assertThat(share.next(waiting, NOW)).isEqualTo(urgent);
  }

  @Test
  void oneOfManyUrgentJobsWaitsForNoMoreThanOneTurnOfTheOthers() {
    JobAtWork large = job(1, 1, Priority.BULK);
    serve(List.of(large), 10);
    for (int id = 2; id < 200; id++) {
      JobAtWork urgent = job(id, 2, Priority.URGENT);
      List<JobAtWork> waiting = List.of(urgent, large);
      share.update(waiting);
      JobAtWork first = share.next(waiting, NOW);
      share.charge(first, first.equals(urgent) ? 1 : CHUNK);
      JobAtWork second = share.next(waiting, NOW);
      share.charge(second, second.equals(urgent) ? 1 : CHUNK);
      assertThat(List.of(first, second)).as("urgent job %s", id).contains(urgent);
      share.update(List.of(large));
    }
  }

  @Test
  void staysWithAJobOfABusinessForASliceAndNotWithTheBusiness() {
    FairShare sliced = new FairShare(Duration.ofMillis(500));
    List<JobAtWork> waiting =
        List.of(job(1, 1, Priority.NORMAL), job(2, 1, Priority.NORMAL), job(3, 2, Priority.NORMAL));
    List<Long> served = new ArrayList<>();
    for (int millis = 0; millis < 1_000; millis += 100) {
      sliced.update(waiting);
      JobAtWork next = sliced.next(waiting, NOW.plusMillis(millis));
      sliced.charge(next, CHUNK);
      served.add(next.id().value());
    }

    assertThat(served).containsExactly(1L, 3L, 1L, 3L, 1L, 3L, 2L, 3L, 2L, 3L);
  }

  private List<JobAtWork> serve(List<JobAtWork> waiting, int turns) {
    List<JobAtWork> served = new ArrayList<>();
    for (int turn = 0; turn < turns; turn++) {
      share.update(waiting);
      JobAtWork next = share.next(waiting, NOW);
      share.charge(next, CHUNK);
      served.add(next);
    }
    return served;
  }

  private static List<Integer> count(List<JobAtWork> served) {
    Map<Long, Integer> counts = new TreeMap<>();
    served.forEach(job -> counts.merge(job.id().value(), 1, Integer::sum));
    return List.copyOf(counts.values());
  }

  private static Map<Long, Integer> byBusiness(List<JobAtWork> served) {
    Map<Long, Integer> counts = new TreeMap<>();
    served.forEach(job -> counts.merge(job.business().value(), 1, Integer::sum));
    return counts;
  }

  private static JobAtWork job(long id, long business, Priority priority) {
    return new JobAtWork(
        new JobId(id), new BusinessId(business), priority, new CarrierId("simulated"), false);
  }
}
