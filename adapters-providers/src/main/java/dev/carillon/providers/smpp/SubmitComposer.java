package dev.carillon.providers.smpp;

import dev.carillon.providers.smpp.SmppAddresses.SmppAddress;
import java.io.IOException;
import java.io.OutputStream;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.PDUSender;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;

/// Writes parts as submit_sm.
final class SubmitComposer {
  private final PDUSender sender = new DefaultPDUSender();
  private final SmppWording wording;
  private final RegisteredDelivery asked;

  SubmitComposer(SmppConfig config) {
    this.wording = config.wording();
    this.asked = new RegisteredDelivery(config.receipts().asked().flag());
  }

  /// Appends the PDU. Throws a PDUStringException, having written nothing, when a field does not
  /// hold what it is to hold.
  void compose(Parcel parcel, int sequence, OutputStream pdus)
      throws PDUStringException, IOException {
    SmppPart part = parcel.content();
    Envelope envelope = parcel.submission().envelope();
    SmppAddress source = envelope.source();
    SmppAddress to = envelope.destination();
    sender.sendSubmitSm(
        pdus,
        sequence,
        wording.serviceType(),
        source.ton(),
        source.npi(),
        source.value(),
        to.ton(),
        to.npi(),
        to.value(),
        new ESMClass(part.esmClass()),
        (byte) 0,
        (byte) wording.priority(),
        null,
        envelope.validity(),
        asked,
        (byte) 0,
        new RawDataCoding(part.dataCoding()),
        (byte) 0,
        part.octets(),
        part.tlvs());
  }
}
