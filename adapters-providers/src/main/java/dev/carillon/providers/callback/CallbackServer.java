package dev.carillon.providers.callback;

import dev.carillon.application.port.NoticeSink;
import dev.carillon.domain.delivery.CarrierId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/// Listens for the calls of carriers: `/callbacks/{carrier}`, `/unsubscribe/{token}` and its own
/// health at `/healthz`. What is told is verified before it is read, and stored before the call is
/// answered with 2xx. Whatever is sent to it costs bounded memory, time and connections.
public final class CallbackServer {
  /// Longer than anything that a call may wait for within.
  private static final Duration IDLE = Duration.ofMinutes(2);

  private static final int MOST_HEADER_BYTES = 16 * 1024;
  private static final int BACKLOG = 256;

  private final CallbackConfig config;
  private final ArrivalWatch arrivals;
  private final CallbackHandler handler;
  private final Server server;

  /// @param carriers who takes the calls of a carrier, at the moment
  /// @param links who takes the calls of recipients who unsubscribe
  /// @param sink where what they tell is stored
  /// @param healthy whether it can be stored
  public CallbackServer(
      CallbackConfig config,
      Function<CarrierId, Optional<Callbacks>> carriers,
      Optional<UnsubscribeLinks> links,
      NoticeSink sink,
      BooleanSupplier healthy) {
    this.config = config;
    this.arrivals = new ArrivalWatch(config.limits().arrival());
    this.handler =
        new CallbackHandler(new CallbackDesk(carriers, links, sink, healthy), config, arrivals);
    this.server = new Server(threads());
  }

  /// Starts listening, and tells the port.
  public int start() throws Exception {
    HttpConnectionFactory http = new HttpConnectionFactory(http());
    ServerConnector connector = new ServerConnector(server, 1, 1, protocols(http));
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setAcceptQueueSize(BACKLOG);
    connector.setIdleTimeout(IDLE.toMillis());
    connector.addBean(arrivals);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(config.limits().connections(), connector));
    server.setHandler(handler);
    server.setErrorHandler(new QuietErrors());
    server.start();
    arrivals.start();
    return connector.getLocalPort();
  }

  /// Refuses calls from now on; those that are worked on go on.
  public void drain() {
    handler.drain();
  }

  /// Stops it, when what is worked on is done or the time is over.
  public void stop(Duration time) throws Exception {
    handler.drain();
    long end = System.nanoTime() + time.toNanos();
    handler.awaitRest(time.toNanos());
    server.setStopTimeout(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
    arrivals.close();
    server.stop();
  }

  private static VirtualThreadPool threads() {
    VirtualThreadPool threads = new VirtualThreadPool();
    threads.setName("callbacks");
    return threads;
  }

  private HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.setRequestHeaderSize(MOST_HEADER_BYTES);
    if (config.tls() != null) {
      SecureRequestCustomizer secure = new SecureRequestCustomizer();
      secure.setSniHostCheck(false);
      http.addCustomizer(secure);
    }
    return http;
  }

  private ConnectionFactory[] protocols(HttpConnectionFactory http) throws Exception {
    CallbackConfig.Tls tls = config.tls();
    if (tls == null) {
      return new ConnectionFactory[] {http};
    }
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setKeyStore(PemFiles.read(tls));
    ssl.setKeyStorePassword("");
    return new ConnectionFactory[] {
      new SslConnectionFactory(ssl, http.getProtocol()), http,
    };
  }
}
