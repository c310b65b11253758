package dev.carillon.providers.postmark;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.carillon.providers.Witness;
import dev.carillon.providers.http.CarrierHttp;
import dev.carillon.providers.http.HttpCall;
import dev.carillon.providers.http.HttpResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Postmark without a wire: does with each batch, or with each mail of it, what a test says.
final class Postmark implements CarrierHttp {
  private final Witness<HttpCall> calls = new Witness<>();
  private volatile Function<HttpCall, HttpResult> behaviour = this::answerEach;
  private volatile Function<JsonObject, Integer> codes = _ -> 0;

  @Override
  public HttpResult send(HttpCall call) {
    calls.see(call);
    return behaviour.apply(call);
  }

  @Override
  public void close() {}

  /// From now on it answers a request so.
  void answers(Function<HttpCall, HttpResult> newBehaviour) {
    behaviour = newBehaviour;
  }

  /// From now on it answers each mail with this code.
  void answersEach(Function<JsonObject, Integer> newCodes) {
    codes = newCodes;
  }

  List<HttpCall> calls() {
    return calls.seen();
  }

  /// The mails of a request.
  static List<JsonObject> mails(HttpCall call) {
    return JsonParser.parseString(new String(call.body(), StandardCharsets.UTF_8))
        .getAsJsonArray()
        .asList()
        .stream()
        .map(element -> element.getAsJsonObject())
        .toList();
  }

  static HttpResult.Answered json(int status, String body) {
    return new HttpResult.Answered(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), false);
  }

  private HttpResult answerEach(HttpCall call) {
    JsonArray results = new JsonArray();
    for (JsonObject mail : mails(call)) {
      int code = codes.apply(mail);
      JsonObject result = new JsonObject();
      result.addProperty("ErrorCode", code);
      result.addProperty("Message", code == 0 ? "OK" : "no");
      if (code == 0) {
        result.addProperty("MessageID", "id-of-" + mail.get("To").getAsString());
      }
      results.add(result);
    }
    return json(200, results.toString());
  }
}
