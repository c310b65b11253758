package dev.carillon.bootstrap.config;

import dev.carillon.providers.smpp.SmppConfig;
import dev.carillon.providers.smpp.SmppIdForm;
import dev.carillon.providers.smpp.SmppPeer;
import dev.carillon.providers.smpp.SmppReceiptRules;
import dev.carillon.providers.smpp.SmppTreatment;
import dev.carillon.providers.smpp.SmppWording;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads how an SMS centre is reached over SMPP.
final class SmppCarrierConfig {
  private static final Pattern CODE = Pattern.compile("(0x[0-9a-fA-F]{1,8})\\s*=\\s*([a-z-]+)");
  private static final int HEX = 16;
  private static final int MOST = 100_000;
  private static final Duration MOMENT = Duration.ofMillis(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private SmppCarrierConfig() {}

  static SmppConfig read(Section section) {
    return new SmppConfig(
        peer(section),
        new SmppConfig.Binds(
            section.choice("bind", Bind.class) == Bind.SEPARATE,
            section.integer("sessions", 1, SmppConfig.Binds.MOST_SESSIONS),
            section.integer("sessions-overall", 0, SmppConfig.Binds.MOST_OVERALL)),
        timing(section),
        new SmppConfig.Limits(
            section.integer("window", 1, 10_000),
            section.integer("per-second", 0, MOST),
            section.integer("queue", 1, MOST),
            section.integer("inbox", 1, MOST)),
        wording(section),
        receipts(section),
        codes(section),
        section.flag("query"));
  }

  private static SmppPeer peer(Section section) {
    return new SmppPeer(
        section.text("host"),
        section.integer("port", 1, 65_535),
        section.flag("tls"),
        section.text("tls-trust"),
        section.text("system-id"),
        section.text("password"),
        section.text("system-type"),
        section.text("address-range"));
  }

  private static SmppConfig.Timing timing(Section section) {
    return new SmppConfig.Timing(
        section.duration("connect-timeout", MOMENT, MINUTE),
        section.duration("bind-timeout", MOMENT, MINUTE),
        section.duration("answer-timeout", MOMENT, Duration.ofMinutes(10)),
        section.duration("enquire-link", MOMENT, HOUR),
        section.duration("enquire-timeout", MOMENT, MINUTE),
        section.duration("reconnect-from", MOMENT, HOUR),
        section.duration("reconnect-to", MOMENT, HOUR),
        section.duration("throttle-pause", Duration.ZERO, MINUTE));
  }

  private static SmppWording wording(Section section) {
    return new SmppWording(
        section.choice("alphabet", SmppWording.Alphabet.class),
        section.choice("long-messages", SmppWording.LongForm.class),
        section.duration("validity", MINUTE, Duration.ofDays(30)),
        section.choice("validity-form", SmppWording.ValidityForm.class),
        section.text("service-type"),
        section.integer("priority", 0, 3),
        section.text("sender"),
        new SmppWording.Numbering(
            section.integer("source-ton", -1, 6), section.integer("source-npi", -1, 18)),
        new SmppWording.Numbering(
            section.integer("destination-ton", -1, 6), section.integer("destination-npi", -1, 18)),
        section.flag("destination-plus"));
  }

  private static SmppReceiptRules receipts(Section section) {
    return new SmppReceiptRules(
        section.choice("receipts", SmppReceiptRules.Asked.class),
        section.choice("answer-ids", SmppIdForm.class),
        section.choice("receipt-ids", SmppIdForm.class),
        section.choice("tlv-ids", SmppIdForm.class),
        section.flag("unflagged-receipts"),
        zone(section),
        new LinkedHashSet<>(section.texts("stop-words")),
        section.flag("stops-for-sender"));
  }

  private static ZoneId zone(Section section) {
    try {
      return ZoneId.of(section.text("receipt-zone")).normalized();
    } catch (DateTimeException unknown) {
      section.problem("receipt-zone", "must be a time zone, such as Africa/Harare");
      return ZoneOffset.UTC;
    }
  }

  private static Map<Integer, SmppTreatment> codes(Section section) {
    Map<Integer, SmppTreatment> codes = new TreeMap<>();
    List<String> texts = section.texts("codes");
    for (String text : texts) {
      Matcher read = CODE.matcher(text);
      try {
        if (read.matches()) {
          codes.put(
              Integer.parseUnsignedInt(read.group(1).substring(2), HEX),
              SmppTreatment.valueOf(read.group(2).toUpperCase(Locale.ROOT).replace('-', '_')));
          continue;
        }
      } catch (IllegalArgumentException unknown) {
        // Told below.
      }
      section.problem("codes", "must be texts such as \"0x45=blocked\"");
    }
    return codes;
  }

  /// Which binds are made.
  private enum Bind {
    TRANSCEIVER,
    SEPARATE
  }
}
