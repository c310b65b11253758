package dev.carillon.providers.twilio;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.callback.CallbackAnswer;
import dev.carillon.providers.callback.CallbackRequest;
import dev.carillon.providers.callback.Callbacks;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Takes Twilio's calls: status callbacks, which carry our reference in the query of the URL that
/// Twilio was given (and signs), and messages that people send back.
final class TwilioCallbacks implements Callbacks {
  /// The query parameter with our reference.
  static final String REF = "ref";

  /// Nothing to be said to who wrote (<https://www.twilio.com/docs/messaging/twiml>).
  private static final String NO_REPLY =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>";

  private final TwilioSignature signature;
  private final TwilioReceipts receipts;
  private final TwilioInbound inbound;
  private final InstantSource clock;

  TwilioCallbacks(CarrierId carrier, TwilioConfig config, InstantSource clock) {
    this.signature = new TwilioSignature(config.account());
    this.receipts = new TwilioReceipts(carrier);
    this.inbound = new TwilioInbound(carrier, config);
    this.clock = clock;
  }

  @Override
  public CallbackAnswer answer(CallbackRequest request) {
    Optional<String> shown = request.header("X-Twilio-Signature");
    if (!request.method().equals("POST") || shown.isEmpty()) {
      return new CallbackAnswer.NotGenuine();
    }
    // The fields are part of what is signed, so they are taken apart before it is known to be true.
    return TwilioForm.read(request.body())
        .filter(form -> signature.fits(shown.get(), request.url(), form))
        .<CallbackAnswer>map(form -> told(request, form))
        .orElseGet(CallbackAnswer.NotGenuine::new);
  }

  private CallbackAnswer told(CallbackRequest request, TwilioForm form) {
    if (form.text("MessageStatus").isEmpty()) {
      return new CallbackAnswer.Told(inbound.read(form, clock.instant()), "text/xml", NO_REPLY);
    }
    List<Notice> notices =
        request
            .parameter(REF)
            .flatMap(MessageRef::parse)
            .map(ref -> receipts.read(form, ref, clock.instant()))
            .orElse(List.of());
    return new CallbackAnswer.Told(notices);
  }
}
