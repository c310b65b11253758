package dev.carillon.providers.numbering;

import com.google.i18n.phonenumbers.PhoneNumberToCarrierMapper;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Locale;

/// The library's data about which network a block of numbers was given to. Thread-safe.
final class MobileNetworks {
  private final PhoneNumberToCarrierMapper mapper = PhoneNumberToCarrierMapper.getInstance();

  /// The network's name in English; empty when the data have none. The library loads its files into
  /// a plain HashMap as they are first asked for, so one thread at a time may ask.
  synchronized String of(Phonenumber.PhoneNumber number) {
    return mapper.getNameForValidNumber(number, Locale.ENGLISH);
  }
}
