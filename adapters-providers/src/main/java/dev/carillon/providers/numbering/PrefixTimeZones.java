package dev.carillon.providers.numbering;

import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.Phonenumber;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// The library's data about where a prefix may be used. Thread-safe.
final class PrefixTimeZones {
  /// A number that may be anywhere in so many zones tells nothing about the hour.
  private static final int MOST = 6;

  private final PhoneNumberToTimeZonesMapper mapper = PhoneNumberToTimeZonesMapper.getInstance();

  /// The zones; empty when the data have none, or too many to mean anything. One thread at a time,
  /// as for the library's networks.
  synchronized List<ZoneId> of(Phonenumber.PhoneNumber number) {
    List<String> names = mapper.getTimeZonesForNumber(number);
    return names.size() > MOST ? List.of() : known(names);
  }

  /// Java may lack a zone that the library names; what is left would then be a part of the truth.
  private static List<ZoneId> known(List<String> names) {
    List<ZoneId> zones = new ArrayList<>(names.size());
    for (String name : names) {
      if (name.equals(PhoneNumberToTimeZonesMapper.getUnknownTimeZone())) {
        return List.of();
      }
      try {
        zones.add(ZoneId.of(name));
      } catch (DateTimeException unheardOf) {
        return List.of();
      }
    }
    return List.copyOf(zones);
  }
}
