package dev.carillon.bootstrap.carriers;

import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.carillon.bootstrap.carriers.ReceiptSender.Call;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Meta's Cloud API, by its description and the examples there.
final class WhatsAppPeer extends WebPeer {
  static final String SECRET = "the-app-secret";
  static final String NUMBER = "106540352242922";

  /// Where webhooks go; Meta knows it from the app's settings.
  private volatile String webhook = "";

  void willCall(String url) {
    webhook = url;
  }

  @Override
  Sent read(Request request) {
    JsonObject body = JsonParser.parseString(request.getBodyAsString()).getAsJsonObject();
    String words =
        body.has("text")
            ? body.getAsJsonObject("text").get("body").getAsString()
            : body.getAsJsonObject("template").toString();
    return new Sent(
        body.get("to").getAsString(), words, body.get("biz_opaque_callback_data").getAsString());
  }

  @Override
  ResponseDefinitionBuilder taken(Sent sent, String id) {
    return jsonResponse(
        """
        {"messaging_product": "whatsapp",
         "contacts": [{"input": "%s", "wa_id": "%s"}],
         "messages": [{"id": "%s", "message_status": "accepted"}]}
        """
            .formatted(sent.number(), sent.number().substring(1), id),
        200);
  }

  @Override
  ResponseDefinitionBuilder refused(Fate fate) {
    int code = fate == Fate.UNSUBSCRIBED ? 131050 : 131026;
    return jsonResponse(
        """
        {"error": {"message": "(#%d) no", "type": "OAuthException", "code": %d,
         "error_data": {"messaging_product": "whatsapp", "details": "no"}, "fbtrace_id": "A"}}
        """
            .formatted(code, code),
        400);
  }

  @Override
  List<Call> calls(Sent sent, String id, Fate fate) {
    List<String> statuses =
        switch (fate) {
          case READ -> List.of("read", "delivered", "sent");
          case UNDELIVERED -> List.of("sent", "failed", "failed");
          default -> List.of("sent", "delivered", "sent", "delivered");
        };
    return statuses.stream().map(status -> webhook(sent, id, status)).toList();
  }

  @Override
  String id(int number) {
    return "wamid.HBgLMTY0NjcwNDM1OTUVAgARGBI%016d".formatted(number);
  }

  /// Every tenth webhook does not bring our reference back.
  private Call webhook(Sent sent, String id, String status) {
    boolean echoes = !id.endsWith("0");
    String echoed =
        echoes ? "\"biz_opaque_callback_data\": \"%s\",".formatted(sent.reference()) : "";
    String errors =
        status.equals("failed")
            ? ", \"errors\": [{\"code\": 131026, \"title\": \"Message undeliverable\"}]"
            : "";
    String body =
        """
        {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{
         "field": "messages", "value": {"messaging_product": "whatsapp",
         "metadata": {"display_phone_number": "15550783881", "phone_number_id": "%s"},
         "statuses": [{"id": "%s", "status": "%s", %s "timestamp": "1750030073",
                       "recipient_id": "%s"%s}]}}]}]}
        """
            .formatted(NUMBER, id, status, echoed, sent.number().substring(1), errors);
    return new Call(
        webhook,
        "application/json",
        Map.of("X-Hub-Signature-256", "sha256=" + hmac(body)),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static String hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
