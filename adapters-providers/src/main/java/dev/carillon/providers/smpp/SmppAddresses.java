package dev.carillon.providers.smpp;

import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;

/// Senders and recipients as a centre wants them.
final class SmppAddresses {
  /// SMPP 3.4, 4.4.1: source_addr and destination_addr without the closing NUL.
  static final int LONGEST = 20;

  /// 3GPP TS 23.040, 9.1.2.5: a name has at most 11 characters of the GSM alphabet.
  private static final int LONGEST_NAME = 11;

  /// Numbers of up to so many digits are short codes: E.164 numbers in use are longer.
  private static final int LONGEST_SHORT_CODE = 6;

  private SmppAddresses() {}

  /// A sender; empty stands for the centre's choice.
  static SmppAddress source(String sender, SmppWording wording) {
    String name = sender.isEmpty() ? wording.sender() : sender;
    String number = name.startsWith("+") ? name.substring(1) : name;
    return Ascii.isDigits(number)
        ? new SmppAddress(number, ton(number, wording.source()), npi(number, wording.source()))
        : new SmppAddress(name, ton(name, wording.source()), npi(name, wording.source()));
  }

  /// A recipient's number in E.164 form.
  static SmppAddress destination(String number, SmppWording wording) {
    String digits = number.startsWith("+") ? number.substring(1) : number;
    return new SmppAddress(
        wording.destinationPlus() ? "+" + digits : digits,
        ton(digits, wording.destination()),
        npi(digits, wording.destination()));
  }

  /// Whether a centre can be given that sender.
  static boolean isFit(SmppAddress source) {
    String value = source.value();
    boolean name = !value.isEmpty() && !Ascii.isDigits(value);
    return Ascii.isPrintable(value) && value.length() <= (name ? LONGEST_NAME : LONGEST);
  }

  private static TypeOfNumber ton(String address, SmppWording.Numbering set) {
    if (set.ton() != SmppWording.Numbering.FITTING) {
      return TypeOfNumber.valueOf((byte) set.ton());
    }
    if (address.isEmpty()) {
      return TypeOfNumber.UNKNOWN;
    }
    if (!Ascii.isDigits(address)) {
      return TypeOfNumber.ALPHANUMERIC;
    }
    return isShortCode(address) ? TypeOfNumber.NETWORK_SPECIFIC : TypeOfNumber.INTERNATIONAL;
  }

  private static NumberingPlanIndicator npi(String address, SmppWording.Numbering set) {
    if (set.npi() != SmppWording.Numbering.FITTING) {
      return NumberingPlanIndicator.valueOf((byte) set.npi());
    }
    return Ascii.isDigits(address) && !isShortCode(address)
        ? NumberingPlanIndicator.ISDN
        : NumberingPlanIndicator.UNKNOWN;
  }

  private static boolean isShortCode(String address) {
    return address.length() <= LONGEST_SHORT_CODE;
  }

  /// An address on the wire.
  record SmppAddress(String value, TypeOfNumber ton, NumberingPlanIndicator npi) {
    @Override
    public String toString() {
      return "SmppAddress[" + ton + ", " + npi + "]";
    }
  }
}
