package dev.carillon.bootstrap.carriers;

import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.SmsContent;
import java.net.URI;

class TwilioJobIT extends WebCarrierJob {
  @Override
  WebPeer peer() {
    return new TwilioPeer();
  }

  @Override
  int recipients() {
    return 10_000;
  }

  @Override
  String configuration(URI api) {
    return """
    carillon {
      carriers.twilio {
        type = twilio
        api-url = "%s"
        account-sid = %s
        auth-token = %s
        from = "+15550001111"
        answer-timeout = 10s
      }
      routes = [ { name = all, channel = sms, to = [ { carrier = twilio } ] } ]
    }
    """
        .formatted(api, TwilioPeer.ACCOUNT, TwilioPeer.TOKEN);
  }

  @Override
  CreateBulkJobRequest.Builder job() {
    return CreateBulkJobRequest.newBuilder().setSms(SmsContent.getDefaultInstance());
  }
}
