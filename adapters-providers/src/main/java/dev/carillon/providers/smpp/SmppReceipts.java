package dev.carillon.providers.smpp;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.recipient.SuppressionCause;
import dev.carillon.providers.callback.StopWords;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.OptionalParameter.Tag;
import org.jspecify.annotations.Nullable;

/// Reads what a centre delivers to us: receipts in their dialects, and what people write back. The
/// TLVs count more than the text. Pure.
final class SmppReceipts {
  /// SMPP 3.4, 5.2.12: bits 5 to 2 of esm_class tell a receipt (0001), an acknowledgement by the
  /// recipient (0010, 0100) or an intermediate notification (1000).
  private static final int KIND_BITS = 0b0011_1100;

  private static final int RECEIPT = 0b0000_0100;
  private static final int INTERMEDIATE = 0b0010_0000;
  private static final int USER_DATA_HEADER = 0b0100_0000;

  /// SMPP 3.4, 5.2.5: the type of an international number.
  private static final int INTERNATIONAL = 1;

  /// A clock that is further ahead than this is not believed.
  private static final Duration AHEAD = Duration.ofHours(1);

  private final CarrierId carrier;
  private final SmppReceiptRules rules;
  private final InstantSource clock;
  private final StopWords stopWords;

  SmppReceipts(CarrierId carrier, SmppReceiptRules rules, InstantSource clock) {
    this.carrier = carrier;
    this.rules = rules;
    this.clock = clock;
    this.stopWords = new StopWords(rules.stopWords());
  }

  /// What it tells; empty when it is none of our business, such as ordinary replies, or names no
  /// message.
  Optional<Notice> read(DeliverSm delivered) {
    byte[] octets = octets(delivered);
    String text = new String(octets, SmppText.charset(delivered.getDataCoding()));
    return isReceipt(delivered, text)
        ? receipt(delivered, ReceiptText.of(text))
        : stop(delivered, text);
  }

  private boolean isReceipt(DeliverSm delivered, String text) {
    int kind = delivered.getEsmClass() & KIND_BITS;
    if (kind == RECEIPT || kind == INTERMEDIATE) {
      return true;
    }
    ReceiptText read = ReceiptText.of(text);
    return rules.unflagged()
        && kind == 0
        && (tlv(delivered, Tag.RECEIPTED_MESSAGE_ID) != null
            || (read.id().isPresent() && read.state().isPresent()));
  }

  private Optional<Notice> receipt(DeliverSm delivered, ReceiptText text) {
    Optional<SmppStates> state = state(delivered, text);
    byte[] tlvId = tlv(delivered, Tag.RECEIPTED_MESSAGE_ID);
    String raw =
        tlvId == null ? text.id().orElse("") : new String(tlvId, StandardCharsets.ISO_8859_1);
    String rawId = raw.replace("\0", "").strip();
    if (rawId.isEmpty() || state.isEmpty()) {
      return Optional.empty();
    }
    SmppIdForm form = tlvId == null ? rules.receiptIds() : rules.tlvIds();
    return Optional.of(
        new Notice.OfCarrierMessage(
            new CarrierReceipt(
                carrier,
                form.normal(rawId),
                rawId,
                number(delivered),
                state.get().kind(),
                state.get().reason(),
                detail(delivered, text, state.get()),
                at(text))));
  }

  private static Optional<SmppStates> state(DeliverSm delivered, ReceiptText text) {
    byte[] state = tlv(delivered, Tag.MESSAGE_STATE);
    return state != null && state.length == 1
        ? SmppStates.of(state[0]).or(() -> text.state().flatMap(SmppStates::of))
        : text.state().flatMap(SmppStates::of);
  }

  private static String detail(DeliverSm delivered, ReceiptText text, SmppStates state) {
    byte[] error = tlv(delivered, Tag.NETWORK_ERROR_CODE);
    String code =
        error == null ? text.error().orElse("") : "network " + HexFormat.of().formatHex(error);
    return code.isEmpty() ? state.word() : state.word() + " err " + code;
  }

  private Instant at(ReceiptText text) {
    Instant now = clock.instant();
    return text.done(rules.zone()).filter(at -> at.isBefore(now.plus(AHEAD))).orElse(now);
  }

  private Optional<Notice> stop(DeliverSm delivered, String text) {
    if ((delivered.getEsmClass() & USER_DATA_HEADER) != 0) {
      return Optional.empty();
    }
    String from = number(delivered);
    if (!stopWords.says(text.replace('\0', ' ')) || from.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Notice.OfOptOut(
            new OptOut.OfAddress(
                carrier,
                Channel.SMS,
                from,
                rules.stopsForSender() ? writtenTo(delivered) : "",
                SuppressionCause.STOP,
                "stop word",
                clock.instant())));
  }

  /// The number that it comes from, as addresses are kept; empty when it is none.
  private static String number(DeliverSm delivered) {
    String address = orEmpty(delivered.getSourceAddr());
    String digits = address.startsWith("+") ? address.substring(1) : address;
    return Ascii.isDigits(digits) ? "+" + digits : "";
  }

  private static String writtenTo(DeliverSm delivered) {
    String address = orEmpty(delivered.getDestAddress());
    boolean international = delivered.getDestAddrTon() == INTERNATIONAL && Ascii.isDigits(address);
    return international ? "+" + address : address;
  }

  private static byte[] octets(DeliverSm delivered) {
    byte[] payload = tlv(delivered, Tag.MESSAGE_PAYLOAD);
    byte[] text = delivered.getShortMessage();
    return payload == null || (text != null && text.length > 0) ? orEmpty(text) : payload;
  }

  private static byte @Nullable [] tlv(DeliverSm delivered, Tag tag) {
    OptionalParameter found = delivered.getOptionalParameter(tag);
    if (found == null) {
      return null;
    }
    byte[] whole = found.serialize();
    byte[] value = new byte[whole.length - 2 * Short.BYTES];
    System.arraycopy(whole, 2 * Short.BYTES, value, 0, value.length);
    return value;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static byte[] orEmpty(byte @Nullable [] octets) {
    return octets == null ? new byte[0] : octets;
  }
}
