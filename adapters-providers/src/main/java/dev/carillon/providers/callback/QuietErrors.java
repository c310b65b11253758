package dev.carillon.providers.callback;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Answers what is not even a request with a status and nothing else: what was sent is not repeated
/// to whoever sent it.
final class QuietErrors extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.write(true, null, callback);
    return true;
  }
}
