package dev.carillon.providers.smpp;

import dev.carillon.domain.content.SmsEncoding;
import dev.carillon.providers.smpp.SmppWording.LongForm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jsmpp.bean.OptionalParameter;

/// Cuts messages into parts and numbers those that belong together.
final class SmppParts {
  /// Parts are counted in one octet (3GPP TS 23.040, 9.2.3.24.1).
  static final int MOST = 255;

  /// SMPP 3.4, 5.2.22: what is longer goes into the TLV message_payload.
  private static final int LONGEST_SHORT_MESSAGE = 254;

  private static final byte USER_DATA_HEADER = 0x40;
  private static final byte[] NO_OCTETS = {};
  private static final OptionalParameter[] NO_TLVS = {};

  private final SmppWording wording;
  private final AtomicInteger references;

  /// @param random where the references begin, so that those of several nodes rarely meet
  SmppParts(SmppWording wording, RandomGenerator random) {
    this.wording = wording;
    this.references = new AtomicInteger(random.nextInt());
  }

  /// The parts of a text in order, at least one; more than [#MOST] cannot be sent.
  List<SmppPart> of(String text) {
    SmppText coding = SmppText.of(text, wording.alphabet());
    if (wording.longForm() == LongForm.PAYLOAD) {
      return List.of(whole(text, coding));
    }
    SmsEncoding encoding = coding == SmppText.UCS2 ? SmsEncoding.UCS2 : SmsEncoding.GSM_7BIT;
    // A 16-bit reference makes the header one octet longer: a septet or a 16-bit unit less.
    int joined = encoding.unitsJoined() - (wording.longForm() == LongForm.UDH16 ? 1 : 0);
    List<String> texts = coding.split(text, encoding.unitsAlone(), joined);
    return texts.size() == 1
        ? List.of(alone(coding.octets(text), coding))
        : joined(texts, coding, references.getAndIncrement());
  }

  private static SmppPart alone(byte[] octets, SmppText coding) {
    return new SmppPart((byte) 0, coding.dataCoding(), octets, NO_TLVS);
  }

  private static SmppPart whole(String text, SmppText coding) {
    byte[] octets = coding.octets(text);
    return octets.length <= LONGEST_SHORT_MESSAGE
        ? alone(octets, coding)
        : new SmppPart(
            (byte) 0,
            coding.dataCoding(),
            NO_OCTETS,
            new OptionalParameter[] {new OptionalParameter.Message_payload(octets)});
  }

  private List<SmppPart> joined(List<String> texts, SmppText coding, int reference) {
    List<SmppPart> parts = new ArrayList<>(texts.size());
    for (int number = 1; number <= texts.size(); number++) {
      byte[] octets = coding.octets(texts.get(number - 1));
      parts.add(joined(octets, coding, new Place(reference, texts.size(), number)));
    }
    return parts;
  }

  private SmppPart joined(byte[] octets, SmppText coding, Place place) {
    return switch (wording.longForm()) {
      case UDH8 -> headed(place.header8(), octets, coding);
      case UDH16 -> headed(place.header16(), octets, coding);
      case SAR -> new SmppPart((byte) 0, coding.dataCoding(), octets, place.sar());
      case PAYLOAD -> throw new IllegalStateException("a payload is not cut");
    };
  }

  private static SmppPart headed(byte[] header, byte[] octets, SmppText coding) {
    byte[] all = new byte[header.length + octets.length];
    System.arraycopy(header, 0, all, 0, header.length);
    System.arraycopy(octets, 0, all, header.length, octets.length);
    return new SmppPart(USER_DATA_HEADER, coding.dataCoding(), all, NO_TLVS);
  }

  /// Where a part belongs.
  private record Place(int reference, int of, int number) {
    /// 3GPP TS 23.040, 9.2.3.24.1: information element 00.
    private byte[] header8() {
      return new byte[] {5, 0x00, 3, (byte) reference, (byte) of, (byte) number};
    }

    /// 3GPP TS 23.040, 9.2.3.24.8: information element 08.
    private byte[] header16() {
      return new byte[] {
        6, 0x08, 4, (byte) (reference >> Byte.SIZE), (byte) reference, (byte) of, (byte) number
      };
    }

    /// SMPP 3.4, 5.3.2.22 to 24.
    private OptionalParameter[] sar() {
      return new OptionalParameter[] {
        new OptionalParameter.Sar_msg_ref_num((short) reference),
        new OptionalParameter.Sar_total_segments((byte) of),
        new OptionalParameter.Sar_segment_seqnum((byte) number)
      };
    }
  }
}
