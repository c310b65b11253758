package dev.carillon.bootstrap;

import dev.carillon.bootstrap.run.Part;
import dev.carillon.providers.callback.CallbackConfig;
import dev.carillon.providers.callback.CallbackServer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listener for the calls of carriers while the service runs, where there is one.
final class CallbacksPart implements Part {
  private static final Logger log = LoggerFactory.getLogger(CallbacksPart.class);

  private final CallbackConfig config;
  private final CallbackServer server;
  private int port;

  CallbacksPart(CallbackConfig config, CallbackServer server) {
    this.config = config;
    this.server = server;
  }

  @Override
  public String name() {
    return "the callback listener";
  }

  @Override
  public void start() throws Exception {
    if (config.enabled()) {
      port = server.start();
      log.info("carriers call at {}:{}", config.host(), port);
    }
  }

  @Override
  public void drain() {
    server.drain();
  }

  @Override
  public void stop(Duration time) throws Exception {
    if (config.enabled()) {
      server.stop(time);
    }
  }

  /// 0 when there is none.
  int port() {
    return port;
  }
}
