package dev.carillon.providers.twilio;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.recipient.PhoneNumber;
import dev.carillon.domain.recipient.SuppressionCause;
import dev.carillon.providers.callback.StopWords;
import java.time.Instant;
import java.util.List;

/// Reads messages that people send back, for one thing only: that they want no more
/// (<https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out>).
final class TwilioInbound {
  private static final String WHATSAPP = "whatsapp:";

  private final CarrierId carrier;
  private final TwilioConfig.Senders senders;
  private final StopWords words;

  TwilioInbound(CarrierId carrier, TwilioConfig config) {
    this.carrier = carrier;
    this.senders = config.senders();
    this.words = new StopWords(config.stopWords());
  }

  /// That its sender opts out, or nothing.
  List<Notice> read(TwilioForm form, Instant at) {
    if (!optsOut(form)) {
      return List.of();
    }
    String from = form.text("From");
    Channel channel = from.startsWith(WHATSAPP) ? Channel.WHATSAPP : Channel.SMS;
    return PhoneNumber.parse(bare(from))
        .map(number -> optOut(channel, number, bare(form.text("To")), at))
        .map(List::of)
        .orElse(List.of());
  }

  /// Where Twilio minds the words itself it says which it was; else the words are ours to mind.
  private boolean optsOut(TwilioForm form) {
    String type = form.text("OptOutType");
    return type.isEmpty() ? words.says(form.text("Body")) : type.equalsIgnoreCase("STOP");
  }

  private Notice optOut(Channel channel, PhoneNumber number, String to, Instant at) {
    return new Notice.OfOptOut(
        new OptOut.OfAddress(
            carrier, channel, number.value(), sender(channel, to), SuppressionCause.STOP, "", at));
  }

  /// Jobs do not name the senders that stand in the configuration, nor those of a service.
  private String sender(Channel channel, String to) {
    boolean unnamed =
        channel == Channel.WHATSAPP
            ? to.equals(senders.whatsApp())
            : to.equals(senders.sms()) || !senders.messagingService().isEmpty();
    return unnamed ? "" : to;
  }

  private static String bare(String address) {
    return address.startsWith(WHATSAPP) ? address.substring(WHATSAPP.length()) : address;
  }
}
