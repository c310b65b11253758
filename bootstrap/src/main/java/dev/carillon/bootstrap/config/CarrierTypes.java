package dev.carillon.bootstrap.config;

import dev.carillon.domain.content.Channel;
import dev.carillon.providers.CarrierConfig;
import java.util.Map;
import java.util.Set;

/// The types of carriers that can be configured.
final class CarrierTypes {
  /// Each by the name under which `carillon.carrier-defaults` has its defaults.
  static final Map<String, Type> ALL =
      Map.ofEntries(
          Map.entry(
              "twilio", new Type(Set.of(Channel.SMS, Channel.WHATSAPP), TwilioCarrierConfig::read)),
          Map.entry("whatsapp", new Type(Set.of(Channel.WHATSAPP), WhatsAppCarrierConfig::read)),
          Map.entry("postmark", new Type(Set.of(Channel.EMAIL), PostmarkCarrierConfig::read)),
          Map.entry("smtp", new Type(Set.of(Channel.EMAIL), SmtpCarrierConfig::read)),
          Map.entry("smpp", new Type(Set.of(Channel.SMS), SmppCarrierConfig::read)));

  private CarrierTypes() {}

  /// A type of carriers.
  ///
  /// @param channels that it can serve at most
  record Type(Set<Channel> channels, Reader reader) {}

  /// Reads the settings of a carrier.
  interface Reader {
    /// What cannot be used is noted in the section; what the record itself finds wrong is noted by
    /// who asks.
    CarrierConfig read(Section section);
  }
}
