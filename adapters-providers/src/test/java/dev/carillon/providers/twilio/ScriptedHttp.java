package dev.carillon.providers.twilio;

import dev.carillon.providers.http.CarrierHttp;
import dev.carillon.providers.http.HttpCall;
import dev.carillon.providers.http.HttpResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Answers as it is told, and keeps what it was asked.
final class ScriptedHttp implements CarrierHttp {
  private final List<HttpCall> calls = new ArrayList<>();
  private Function<HttpCall, HttpResult> script;

  ScriptedHttp(Function<HttpCall, HttpResult> script) {
    this.script = script;
  }

  void willAnswer(Function<HttpCall, HttpResult> newScript) {
    script = newScript;
  }

  List<HttpCall> calls() {
    return calls;
  }

  @Override
  public HttpResult send(HttpCall call) {
    calls.add(call);
    return script.apply(call);
  }

  @Override
  public void close() {}
}
