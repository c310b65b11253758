package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.WatchBulkJobResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Many streams of progress of a node that is killed go on at the other, which is killed too and
/// started again.
@Timeout(240)
class WatchCrashIT {
  private static final int JOBS = 4;
  private static final int RECIPIENTS = 600;
  private static final int STREAMS = 200;

  @TempDir private Path directory;

  private final List<Follower> followers = new ArrayList<>();

  @Test
  void everyStreamGoesOnByItsTokenAndSeesItsEnd() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
        ServedProcess first = ServedProcess.start(directory, settings(postgres, "first"));
        ServedProcess second = ServedProcess.start(directory, settings(postgres, "second"));
        Client atFirst = first.client();
        Client atSecond = second.client()) {
      follow(jobs(atFirst), atFirst);
      awaitAll("a sixth is done", follower -> processed(follower) >= RECIPIENTS / 6);

      first.kill();
      goOn(atSecond);
      awaitAll("the other node", Follower::isTold);
      awaitAll("a third is done", follower -> processed(follower) >= RECIPIENTS / 3);

      second.kill();
      try (ServedProcess again = ServedProcess.start(directory, settings(postgres, "second"));
          Client atAgain = again.client()) {
        goOn(atAgain);
        awaitAll("the end", Follower::isCompleted);
      }
    }
    assertThat(followers).allSatisfy(WatchCrashIT::assertToldOnceAndToTheEnd);
    assertThat(followers)
        .filteredOn(follower -> !follower.wantsSettled())
        .allMatch(follower -> !follower.last().getDeliverySettled());
    assertThat(followers)
        .filteredOn(Follower::wantsSettled)
        .hasSize(STREAMS / 2)
        .allMatch(follower -> follower.last().getDeliverySettled());
  }

  private static void assertToldOnceAndToTheEnd(Follower follower) {
    List<WatchBulkJobResponse> news = follower.news();
    List<BulkJob> jobs = news.stream().map(Client::job).toList();
    assertThat(news).last().matches(WatchBulkJobResponse::hasEnd);
    assertThat(news.subList(0, news.size() - 1)).noneMatch(WatchBulkJobResponse::hasEnd);
    // An end may follow a snapshot of the same state.
    assertThat(news.subList(0, news.size() - 1))
        .extracting(WatchBulkJobResponse::getResumeToken)
        .doesNotHaveDuplicates();
    // Not what is processed: what is in doubt may turn out never to have been taken.
    assertThat(jobs).extracting(job -> Timestamps.toNanos(job.getUpdateTime())).isSorted();
    assertThat(follower.last().getDone()).isTrue();
    assertThat(processed(follower)).isEqualTo(RECIPIENTS);
  }

  private static long processed(Follower follower) {
    return follower.news().isEmpty() ? 0 : follower.last().getCounters().getProcessed();
  }

  private static List<String> jobs(Client client) {
    List<String> bulkIds = new ArrayList<>();
    for (int job = 0; job < JOBS; job++) {
      bulkIds.add(client.create(Client.anSmsJobTo(RECIPIENTS)).getBulkId());
    }
    return bulkIds;
  }

  private void follow(List<String> bulkIds, Client client) {
    for (int n = 0; n < STREAMS; n++) {
      followers.add(new Follower(bulkIds.get(n % JOBS), n < STREAMS / 2));
      followers.getLast().goOn(client);
    }
  }

  /// Has all whose streams broke go on; a job may have ended before.
  private void goOn(Client client) {
    awaitAll("the break", follower -> follower.isBroken() || follower.isCompleted());
    List<Follower> broken = followers.stream().filter(Follower::isBroken).toList();
    assertThat(broken).isNotEmpty();
    broken.forEach(follower -> follower.goOn(client));
  }

  private void awaitAll(String what, Predicate<Follower> wanted) {
    Await.until(what, () -> followers.stream().allMatch(wanted));
  }

  private Map<String, String> settings(EmbeddedPostgres postgres, String node) {
    Map<String, String> settings = new HashMap<>();
    settings.put("CARILLON_DATABASE_URL", postgres.jdbcUrl("postgres"));
    settings.put("CARILLON_DATABASE_USER", postgres.user());
    settings.put("CARILLON_DATABASE_PASSWORD", postgres.password());
    settings.put("CARILLON_DISPATCH_LEASE_TIME", "1s");
    settings.put("CARILLON_KEEPING_PERIOD", "100ms");
    // Receipts that a killed node had still to bring never come: the window has to end.
    settings.put("CARILLON_KEEPING_RECEIPT_WINDOW", "4s");
    settings.put("CARILLON_SIMULATED_WINDOW", "20");
    settings.put("CARILLON_SIMULATED_LATENCY_FROM", "100ms");
    settings.put("CARILLON_SIMULATED_LATENCY_TO", "300ms");
    settings.put("CARILLON_SIMULATED_RECEIPT_FROM", "2s");
    settings.put("CARILLON_SIMULATED_RECEIPT_TO", "3s");
    settings.put("CARILLON_SIMULATED_LOG_FILE", directory.resolve(node + ".carrier").toString());
    return settings;
  }
}
