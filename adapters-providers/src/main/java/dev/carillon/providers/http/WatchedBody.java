package dev.carillon.providers.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/// A request's body that tells when its end is about to be written.
final class WatchedBody extends AbstractHttpEntity {
  /// What is given to the connection at once.
  private static final int PIECE = 8 * 1024;

  private final byte[] body;
  private final Exchange exchange;

  WatchedBody(HttpCall call, Exchange exchange) {
    super(call.contentType().isEmpty() ? null : call.contentType(), null, false);
    this.body = call.body();
    this.exchange = exchange;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    int next = 0;
    while (body.length - next > PIECE) {
      out.write(body, next, PIECE);
      next += PIECE;
    }
    exchange.ending();
    out.write(body, next, body.length - next);
  }

  @Override
  public InputStream getContent() {
    return new ByteArrayInputStream(body);
  }

  @Override
  public long getContentLength() {
    return body.length;
  }

  /// Nothing is to send it twice.
  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public void close() {
    // holds nothing open
  }
}
