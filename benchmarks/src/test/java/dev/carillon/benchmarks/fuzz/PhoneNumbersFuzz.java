package dev.carillon.benchmarks.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.carillon.domain.recipient.PhoneNumber;
import dev.carillon.providers.numbering.LibPhoneNumbering;
import java.util.Optional;

/// Phone numbers as people write them, of any region and of none.
public final class PhoneNumbersFuzz {
  private static final LibPhoneNumbering NUMBERING = new LibPhoneNumbering();
  private static final String[] REGIONS = {
    "ZW", "US", "DE", "IT", "MR", "GB", "BR", "AC", "ZZ", ""
  };

  // Prefixes that lead deeper than a fuzzer gets by guessing digits.
  private static final String[] PREFIXES = {
    "", "+", "00", "+1", "+49", "+39 0", "+222", "+263 7", "0", "0*31*", "tel:+", "\uFF0B1", "+800"
  };

  private PhoneNumbersFuzz() {}

  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    String region = data.pickValue(REGIONS);
    String digits = data.consumeBoolean() ? Long.toString(data.consumeLong() >>> 8) : "";
    String text = data.pickValue(PREFIXES) + digits + FuzzText.next(data);
    Optional<PhoneNumber> number =
        Promise.linear(text.length(), () -> NUMBERING.parse(text, region));
    number.ifPresent(PhoneNumbersFuzz::check);
  }

  private static void check(PhoneNumber number) {
    Promise.kept(
        NUMBERING.parse(number.value(), "").equals(Optional.of(number)),
        "the canonical form is read as what it is");
    Promise.kept(
        Promise.linear(number.value().length(), () -> NUMBERING.network(number)).length() < 100,
        "a network has a name, or none");
    Promise.kept(
        Promise.linear(number.value().length(), () -> NUMBERING.timeZones(number)).size() < 10,
        "a number is in a few time zones, or nobody knows");
  }
}
