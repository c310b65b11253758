package dev.carillon.bootstrap.carriers;

import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.WhatsAppContent;
import java.net.URI;

class WhatsAppJobIT extends WebCarrierJob {
  @Override
  WebPeer peer() {
    return new WhatsAppPeer();
  }

  @Override
  int recipients() {
    return 10_000;
  }

  @Override
  String configuration(URI api) {
    return """
    carillon {
      carriers.meta {
        type = whatsapp
        api-url = "%s"
        access-token = the-access-token
        app-secret = %s
        verify-token = the-verify-token
        phone-number-id = "%s"
        answer-timeout = 10s
      }
      routes = [ { name = all, channel = whatsapp, to = [ { carrier = meta } ] } ]
    }
    """
        .formatted(api, WhatsAppPeer.SECRET, WhatsAppPeer.NUMBER);
  }

  @Override
  void prepare(WebPeer peer, LiveHouse house) {
    ((WhatsAppPeer) peer).willCall(house.callbacks() + "/callbacks/meta");
  }

  @Override
  CreateBulkJobRequest.Builder job() {
    return CreateBulkJobRequest.newBuilder().setWhatsapp(WhatsAppContent.newBuilder().setText(""));
  }
}
