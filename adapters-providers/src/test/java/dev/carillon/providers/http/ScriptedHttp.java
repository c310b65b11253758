package dev.carillon.providers.http;

import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/// Answers as a test says, without any wire.
final class ScriptedHttp implements CarrierHttp {
  private final Function<HttpCall, HttpResult> answers;
  private final CountDownLatch closed = new CountDownLatch(1);

  ScriptedHttp(Function<HttpCall, HttpResult> answers) {
    this.answers = answers;
  }

  @Override
  public HttpResult send(HttpCall call) {
    return answers.apply(call);
  }

  @Override
  public void close() {
    closed.countDown();
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }
}
