package dev.carillon.bootstrap.run;

import java.time.Duration;

/// Something that runs while the service runs. Parts start in order and stop in reverse.
public interface Part {
  /// What people call it.
  String name();

  /// Starts it and returns when it is ready. When it throws, nothing of it runs.
  void start() throws Exception;

  /// Has it take on nothing more; what it has begun goes on. Returns at once.
  default void drain() {}

  /// Ends it within the time given, more or less: what is unfinished then is broken off.
  void stop(Duration time) throws Exception;
}
