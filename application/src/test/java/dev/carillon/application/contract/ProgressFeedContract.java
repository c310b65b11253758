package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.domain.job.JobId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every progress feed keeps. Since a notice may be lost, what changes is told again until it
/// is heard.
public abstract class ProgressFeedContract {
  private List<ProgressFeed> nodes = List.of();

  /// The feeds of several nodes of one house, at least one; the same feed more than once where
  /// there can be one node only.
  protected abstract List<ProgressFeed> nodes();

  @BeforeEach
  void start() {
    nodes = nodes();
  }

  @Test
  void tellsEveryNodeOfAChangeOnAnyOfThem() {
    for (int teller = 0; teller < nodes.size(); teller++) {
      for (int hearer = 0; hearer < nodes.size(); hearer++) {
        JobId job = new JobId(1_000 + 10L * teller + hearer);
        ProgressFeed told = nodes.get(teller);
        Set<JobId> heard = listen(nodes.get(hearer));

        Await.until(
            "node " + hearer + " hears node " + teller,
            () -> {
              told.changed(job);
              return heard.contains(job);
            });
      }
    }
  }

  @Test
  void tellsAllListenersOfANode() {
    ProgressFeed feed = nodes.getFirst();
    Set<JobId> one = listen(feed);
    Set<JobId> other = listen(feed);
    JobId job = new JobId(2_000);

    Await.until(
        "both hear it",
        () -> {
          feed.changed(job);
          return one.contains(job) && other.contains(job);
        });
  }

  @Test
  void tellsOnlyWhatChanged() {
    ProgressFeed feed = nodes.getFirst();
    Set<JobId> heard = listen(feed);
    JobId job = new JobId(3_000);

    Await.until(
        "it is heard",
        () -> {
          feed.changed(job);
          return heard.contains(job);
        });

    assertThat(heard).doesNotContain(new JobId(3_001));
  }

  @Test
  void takesManyChangesAtOnceAndStillTellsTheLastOfThem() {
    ProgressFeed feed = nodes.getFirst();
    AtomicInteger notices = new AtomicInteger();
    Set<JobId> heard = listen(feed);
    feed.onChange(_ -> notices.incrementAndGet());
    for (int n = 0; n < 10_000; n++) {
      feed.changed(new JobId(4_000));
    }
    JobId last = new JobId(4_001);

    Await.until(
        "the last is heard",
        () -> {
          feed.changed(last);
          return heard.contains(last);
        });

    assertThat(notices.get()).isPositive();
  }

  private static Set<JobId> listen(ProgressFeed feed) {
    Set<JobId> heard = ConcurrentHashMap.newKeySet();
    feed.onChange(heard::add);
    return heard;
  }
}
