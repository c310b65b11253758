package dev.carillon.bootstrap.carriers;

import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import com.google.gson.JsonObject;
import dev.carillon.bootstrap.carriers.ReceiptSender.Call;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Twilio, by its description and the examples there.
final class TwilioPeer extends WebPeer {
  static final String ACCOUNT = "AC" + "f".repeat(32);
  static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @Override
  Sent read(Request request) {
    Map<String, String> form = new HashMap<>();
    for (String pair : request.getBodyAsString().split("&", -1)) {
      String[] field = pair.split("=", 2);
      form.put(decoded(field[0]), decoded(field[1]));
    }
    String to = form.getOrDefault("To", "").replace("whatsapp:", "");
    String words = form.getOrDefault("Body", form.getOrDefault("ContentVariables", ""));
    return new Sent(to, words, form.getOrDefault("StatusCallback", ""));
  }

  @Override
  ResponseDefinitionBuilder taken(Sent sent, String id) {
    JsonObject message = new JsonObject();
    message.addProperty("account_sid", ACCOUNT);
    message.addProperty("api_version", "2010-04-01");
    message.addProperty("body", sent.words());
    message.addProperty("date_created", "Thu, 24 Aug 2023 05:01:45 +0000");
    message.addProperty("date_updated", "Thu, 24 Aug 2023 05:01:45 +0000");
    message.addProperty("direction", "outbound-api");
    message.addProperty("num_media", "0");
    message.addProperty("num_segments", "1");
    message.addProperty("sid", id);
    message.addProperty("status", "queued");
    message.addProperty("to", sent.number());
    message.addProperty("uri", "/2010-04-01/Accounts/" + ACCOUNT + "/Messages/" + id + ".json");
    return jsonResponse(message.toString(), 201);
  }

  @Override
  ResponseDefinitionBuilder refused(Fate fate) {
    int code = fate == Fate.UNSUBSCRIBED ? 21610 : 21211;
    return jsonResponse(
        """
        {"code": %d, "message": "no", "more_info": "https://www.twilio.com/docs/errors/%d",
         "status": 400}
        """
            .formatted(code, code),
        400);
  }

  @Override
  List<Call> calls(Sent sent, String id, Fate fate) {
    if (sent.reference().isEmpty()) {
      return List.of();
    }
    List<String> statuses =
        switch (fate) {
          case READ -> List.of("read", "delivered", "sent");
          case UNDELIVERED -> List.of("sent", "undelivered", "undelivered");
          default -> List.of("sent", "delivered", "queued", "delivered");
        };
    List<Call> calls = new ArrayList<>();
    for (String status : statuses) {
      Map<String, String> fields = new TreeMap<>();
      fields.put("AccountSid", ACCOUNT);
      fields.put("MessageSid", id);
      fields.put("MessageStatus", status);
      fields.put("To", sent.number());
      if (status.equals("undelivered")) {
        fields.put("ErrorCode", "30003");
      }
      calls.add(signed(sent.reference(), fields));
    }
    return calls;
  }

  @Override
  String id(int number) {
    return "SM%032x".formatted(number);
  }

  private static Call signed(String url, Map<String, String> fields) {
    StringBuilder signed = new StringBuilder(url);
    fields.forEach((name, value) -> signed.append(name).append(value));
    String body =
        fields.entrySet().stream()
            .map(it -> coded(it.getKey()) + "=" + coded(it.getValue()))
            .collect(Collectors.joining("&"));
    return new Call(
        url,
        "application/x-www-form-urlencoded",
        Map.of("X-Twilio-Signature", hmac(signed.toString())),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static String hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
