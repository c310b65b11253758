package dev.carillon.providers.numbering;

import com.google.i18n.phonenumbers.Phonenumber;
import dev.carillon.application.port.Numbering;
import dev.carillon.domain.recipient.PhoneNumber;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads phone numbers by libphonenumber: only numbers that are valid in their plan, without
/// extensions or letters, in bounded time. Digits without a plus sign are read as dialled in the
/// region first, then as if the plus sign had been left out. Thread-safe.
public final class LibPhoneNumbering implements Numbering {
  private final NumberingPlans plans = new NumberingPlans();
  private final MobileNetworks networks = new MobileNetworks();
  private final PrefixTimeZones zones = new PrefixTimeZones();

  @Override
  public Optional<PhoneNumber> parse(String text, String region) {
    PhoneText written = PhoneText.read(text);
    if (written == null) {
      return Optional.empty();
    }
    String digits =
        written.international()
            ? international(written.digits())
            : withoutPlus(written.digits(), region);
    return digits == null ? Optional.empty() : PhoneNumber.parse("+" + digits);
  }

  @Override
  public String network(PhoneNumber number) {
    Phonenumber.PhoneNumber known = plans.number(number.value().substring(1));
    return known == null ? "" : networks.of(known);
  }

  @Override
  public String country(PhoneNumber number) {
    Phonenumber.PhoneNumber known = plans.number(number.value().substring(1));
    return known == null ? "" : plans.country(known);
  }

  @Override
  public List<ZoneId> timeZones(PhoneNumber number) {
    Phonenumber.PhoneNumber known = plans.number(number.value().substring(1));
    return known == null ? List.of() : zones.of(known);
  }

  private @Nullable String withoutPlus(String digits, String region) {
    String national = national(digits, region.toUpperCase(Locale.ROOT));
    return national == null ? international(digits) : national;
  }

  private @Nullable String national(String digits, String region) {
    return region.equals(MauritanianNumbers.REGION) && MauritanianNumbers.isLocal(digits)
        ? MauritanianNumbers.CALLING_CODE + digits
        : plans.national(digits, region);
  }

  private @Nullable String international(String digits) {
    return MauritanianNumbers.isInternational(digits) ? digits : plans.international(digits);
  }
}
