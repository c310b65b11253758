package dev.carillon.providers.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;

/// Requests over Apache HttpClient, HTTP/1.1. Certificates are verified. Every request ends within
/// [HttpLimits#whole], whatever the other side does.
public final class ApacheCarrierHttp implements CarrierHttp {
  private static final byte[] NOTHING = {};

  private final HttpLimits limits;
  private final CloseableHttpClient client;
  private final Watchdog watchdog;

  /// Trusts whom the Java installation trusts.
  public ApacheCarrierHttp(HttpLimits limits) {
    this(limits, SSLContexts.createSystemDefault());
  }

  /// @param trust whom to trust
  public ApacheCarrierHttp(HttpLimits limits, SSLContext trust) {
    this.limits = limits;
    this.client = ApacheClients.create(limits, trust);
    this.watchdog = new Watchdog(limits);
  }

  @Override
  public HttpResult send(HttpCall call) {
    HttpUriRequestBase request = new HttpUriRequestBase(call.method(), call.uri());
    Exchange exchange = new Exchange(limits, request::cancel);
    call.headers().forEach(request::setHeader);
    if (call.body().length > 0 || !call.contentType().isEmpty()) {
      request.setEntity(new WatchedBody(call, exchange));
    }
    try (Watchdog.Watch _ = watchdog.watch(exchange)) {
      return exchanged(request, exchange);
    } catch (IOException e) {
      return failed(exchange, Failures.describe(exchange, e));
    } catch (HttpException e) {
      return failed(exchange, "the address is not one of HTTP");
    } catch (IllegalStateException e) {
      // the pool says so when it is closed
      return failed(exchange, "broken off from this side");
    }
  }

  @Override
  public void close() {
    watchdog.close();
    client.close(CloseMode.IMMEDIATE);
  }

  private HttpResult exchanged(HttpUriRequestBase request, Exchange exchange)
      throws IOException, HttpException {
    HttpClientContext context = HttpClientContext.create();
    context.setAttribute(WatchedExecutor.EXCHANGE, exchange);
    ClassicHttpResponse response =
        client.executeOpen(RoutingSupport.determineHost(request), request, context);
    try {
      byte[] body = body(response.getEntity());
      boolean truncated = body.length > limits.mostBytes();
      if (truncated) {
        // closing would read the rest of it, however long
        request.cancel();
      }
      return new HttpResult.Answered(
          response.getCode(),
          headers(response),
          truncated ? Arrays.copyOf(body, limits.mostBytes()) : body,
          truncated);
    } finally {
      Closer.closeQuietly(response);
    }
  }

  private byte[] body(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return NOTHING;
    }
    InputStream content = entity.getContent();
    long length = entity.getContentLength();
    int most = limits.mostBytes() + 1;
    return content == null
        ? NOTHING
        // As much room as is needed, where that is known.
        : content.readNBytes(length >= 0 && length < most ? (int) length : most);
  }

  private static Map<String, String> headers(ClassicHttpResponse response) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      String value = header.getValue();
      headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), value == null ? "" : value);
    }
    return headers;
  }

  private static HttpResult failed(Exchange exchange, String why) {
    return exchange.mayHaveArrived() ? new HttpResult.NoAnswer(why) : new HttpResult.NotSent(why);
  }
}
