package dev.carillon.providers.http;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/// Sends requests over connections that tell how far they have come.
final class WatchedExecutor extends HttpRequestExecutor {
  /// Under which a request's context holds its exchange.
  static final String EXCHANGE = "carillon.exchange";

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      HttpResponseInformationCallback informationCallback,
      HttpContext context)
      throws IOException, HttpException {
    Exchange exchange = (Exchange) context.getAttribute(EXCHANGE);
    exchange.connected();
    return super.execute(
        request, new WatchedConnection(connection, exchange), informationCallback, context);
  }
}
