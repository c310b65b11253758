package dev.carillon.providers.whatsapp;

import com.google.gson.JsonObject;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.recipient.PhoneNumber;
import dev.carillon.domain.recipient.SuppressionCause;
import dev.carillon.providers.callback.StopWords;
import dev.carillon.providers.http.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads what people send back, for one thing only: that they want no more.
final class WhatsAppInbound {
  private final CarrierId carrier;
  private final WhatsAppConfig config;
  private final StopWords words;

  WhatsAppInbound(CarrierId carrier, WhatsAppConfig config) {
    this.carrier = carrier;
    this.config = config;
    this.words = new StopWords(config.stopWords());
  }

  /// That the sender of a message opts out: in words, or by a button of a template.
  ///
  /// @param change in which it came
  List<Notice> ofMessage(JsonObject message, JsonObject change, Instant now) {
    boolean optsOut =
        JsonText.object(message, "text")
            .flatMap(text -> JsonText.text(text, "body"))
            .or(() -> JsonText.object(message, "button").flatMap(it -> JsonText.text(it, "text")))
            .filter(words::says)
            .isPresent();
    return optsOut ? optOuts(message, "from", change, SuppressionCause.STOP, now) : List.of();
  }

  /// That somebody stopped marketing in WhatsApp's own menu, where that is to count.
  ///
  /// @param change in which it came
  List<Notice> ofPreference(JsonObject preference, JsonObject change, Instant now) {
    boolean stops =
        config.marketingStops()
            && JsonText.text(preference, "category")
                .filter("marketing_messages"::equals)
                .isPresent()
            && JsonText.text(preference, "value").filter("stop"::equals).isPresent();
    return stops
        ? optOuts(preference, "wa_id", change, SuppressionCause.UNSUBSCRIBE, now)
        : List.of();
  }

  /// A number as Meta writes it, in E.164 form; `""` when it is none.
  static String number(String written) {
    String number = written.startsWith("+") ? written : "+" + written;
    return PhoneNumber.parse(number).map(PhoneNumber::value).orElse("");
  }

  private List<Notice> optOuts(
      JsonObject from, String field, JsonObject change, SuppressionCause cause, Instant now) {
    String address = JsonText.text(from, field).map(WhatsAppInbound::number).orElse("");
    if (address.isEmpty()) {
      return List.of();
    }
    Instant at = WhatsAppTimes.read(from, now);
    return senders(change).stream()
        .<Notice>map(sender ->
            new Notice.OfOptOut(
                new OptOut.OfAddress(carrier, Channel.WHATSAPP, address, sender, cause, "", at)))
        .toList();
  }

  /// The number written to, in each way in which jobs may name it; any when it is the one of the
  /// configuration, which jobs need not name.
  private List<String> senders(JsonObject change) {
    String id =
        JsonText.object(change, "metadata")
            .flatMap(metadata -> JsonText.text(metadata, "phone_number_id"))
            .orElse("");
    List<String> numbers =
        config.numbers().entrySet().stream()
            .filter(number -> number.getValue().equals(id))
            .map(Map.Entry::getKey)
            .toList();
    return id.equals(config.phoneNumberId()) || numbers.isEmpty()
        ? List.of("")
        : Stream.concat(numbers.stream(), Stream.of(id)).toList();
  }
}
