package dev.carillon.benchmarks.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/// The other side: takes whatever it is sent, answers the same to everything, and counts.
public final class WebServer implements AutoCloseable {
  private static final int CREATED = 201;

  private final Server server;
  private final LongAdder taken = new LongAdder();
  private final byte[] answer;

  /// @param answer what is answered with 201
  public WebServer(String answer) throws Exception {
    this.answer = answer.getBytes(StandardCharsets.UTF_8);
    this.server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.setHandler(new Taker());
    server.start();
  }

  /// Where it is.
  public URI uri() {
    return URI.create(
        "http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
  }

  /// How many requests it has taken.
  public long taken() {
    return taken.sum();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop", e);
    }
  }

  private final class Taker extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      Content.Source.consumeAll(request);
      taken.increment();
      response.setStatus(CREATED);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.write(true, ByteBuffer.wrap(answer), callback);
      return true;
    }
  }
}
