package dev.carillon.application.port;

import dev.carillon.domain.recipient.PhoneNumber;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// Knows the numbering plans of the world.
public interface Numbering {
  /// The number that a text means, read against a default region (ISO 3166-1 alpha-2); empty when
  /// it is no valid number. Linear in the text's length; never throws on any input.
  Optional<PhoneNumber> parse(String text, String region);

  /// The mobile network of a number as the numbering plan knows it (a ported number keeps its old
  /// one); empty text when unknown.
  String network(PhoneNumber number);

  /// The country of a number (ISO 3166-1 alpha-2), by its beginning; empty text when unknown, or
  /// when it belongs to none.
  String country(PhoneNumber number);

  /// The time zones in which the number may be used, by its prefix; empty when unknown.
  List<ZoneId> timeZones(PhoneNumber number);
}
