package dev.carillon.bootstrap;

import dev.carillon.bootstrap.run.Part;
import dev.carillon.persistence.JooqProgressFeed;
import java.time.Duration;

/// The progress feed between nodes while the service runs.
final class FeedPart implements Part {
  private final JooqProgressFeed feed;

  FeedPart(JooqProgressFeed feed) {
    this.feed = feed;
  }

  @Override
  public String name() {
    return "the progress feed";
  }

  @Override
  public void start() {
    feed.start();
  }

  @Override
  public void stop(Duration time) {
    feed.close();
  }
}
