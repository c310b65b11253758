package dev.carillon.bootstrap;

import dev.carillon.bootstrap.run.Part;
import dev.carillon.persistence.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// The database while the service runs: brought up to date and, when it is empty and the
/// configuration wants it, given a business to try things with.
final class StorePart implements Part {
  private final PostgresSource source;
  private final Database database;
  private final InstantSource clock;
  private final boolean demoBusiness;
  private final FutureTask<Optional<String>> starting = new FutureTask<>(this::open);
  private @Nullable String firstKey;

  StorePart(PostgresSource source, Database database, InstantSource clock, boolean demoBusiness) {
    this.source = source;
    this.database = database;
    this.clock = clock;
    this.demoBusiness = demoBusiness;
  }

  @Override
  public String name() {
    return StoreStart.NAME;
  }

  /// Has it start in the background, while everything else is being loaded.
  void begin() {
    Thread.ofPlatform().name("database-start").start(starting);
  }

  @Override
  public void start() throws InterruptedException {
    try {
      firstKey = starting.get().orElse(null);
    } catch (ExecutionException e) {
      stop(Duration.ZERO);
      throw StoreStart.failed(e.getCause() instanceof Exception cause ? cause : e);
    }
  }

  @Override
  public void stop(Duration time) {
    try {
      database.close();
    } finally {
      source.close();
    }
  }

  private Optional<String> open() {
    database.start();
    return demoBusiness ? database.demo().createIfEmpty(clock.instant()) : Optional.empty();
  }

  /// The test key, if this start made the demo business.
  Optional<String> firstKey() {
    return Optional.ofNullable(firstKey);
  }
}
