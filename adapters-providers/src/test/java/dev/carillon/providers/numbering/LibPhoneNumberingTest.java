package dev.carillon.providers.numbering;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import dev.carillon.application.port.Numbering;
import dev.carillon.domain.recipient.PhoneNumber;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibPhoneNumberingTest {
  private static final long SEED = 20_260_101;
  private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

  private final Numbering numbering = new LibPhoneNumbering();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Zimbabwe
        "+263771234567        | ZW | +263771234567",
        "0771234567           | ZW | +263771234567",
        "077 123 4567         | ZW | +263771234567",
        "(077) 123-4567       | ZW | +263771234567",
        "771234567            | ZW | +263771234567",
        "263771234567         | ZW | +263771234567",
        "00263771234567       | ZW | +263771234567",
        "+263 (0) 77 123 4567 | ZW | +263771234567",
        "+263-77-123-4567     | zw | +263771234567",
        // Mauritania
        "+222 22 34 56 78     | ZW | +22222345678",
        // South Africa
        "082 123 4567         | ZA | +27821234567",
        "+27 82 123 4567      | ZW | +27821234567",
        // Kenya
        "0712 345678          | KE | +254712345678",
        // Nigeria
        "0803 123 4567        | NG | +2348031234567",
        // United Kingdom
        "07400 123456         | GB | +447400123456",
        "+44 (0)7400 123456   | ZW | +447400123456",
        "+44 7400 123456      | GB | +447400123456",
        // United States and Canada share a country code
        "(202) 555-0123       | US | +12025550123",
        "1-202-555-0123       | US | +12025550123",
        "202.555.0123         | CA | +12025550123",
        "011 44 7400 123456   | US | +447400123456",
        // Germany
        "0151/23456789        | DE | +4915123456789",
        // France
        "06 12 34 56 78       | FR | +33612345678",
        // Italy keeps the leading zero of its fixed lines
        "06 1234 5678         | IT | +390612345678",
        "312 345 6789         | IT | +393123456789",
        // Brazil
        "(11) 96123-4567      | BR | +5511961234567",
        // India
        "081234 56789         | IN | +918123456789",
        // Russia
        "8 912 345-67-89      | RU | +79123456789",
        // China
        "131 2345 6789        | CN | +8613123456789",
        // Japan
        "090-1234-5678        | JP | +819012345678",
        // Australia
        "0412 345 678         | AU | +61412345678",
        // Egypt, in its own digits
        "٠١٠٠ ١٢٣ ٤٥٦٧         | EG | +201001234567",
        // no country at all: freephone
        "+800 1234 5678       | ZW | +80012345678",
        // a region that does not exist still reads international numbers
        "+263771234567        | XX | +263771234567",
        "263771234567         | XX | +263771234567",
        "+263771234567        | '' | +263771234567",
      })
  void readsNumbersAsPeopleWriteThem(String text, String region, String expected) {
    assertThat(numbering.parse(text, region)).contains(new PhoneNumber(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "+22222345678, MR",
    "22222345678, MR",
    "22345678, MR",
    "+22232345678, MR",
    "22232345678, MR",
    "32345678, MR",
    "+22242345678, MR",
    "22242345678, MR",
    "42345678, MR",
    "+22222345678, ZW",
    "22222345678, ZW",
    "22 34 56 78, MR",
    // blocks that the library refuses
    "+22225934567, MR",
    "25934567, MR",
    "22225934567, US",
    "45934567, MR",
  })
  void takesMauritanianNumbersInEveryForm(String text, String region) {
    String digits = text.replaceAll("\\D", "");
    String local = digits.substring(digits.length() - 8);

    assertThat(numbering.parse(text, region)).contains(new PhoneNumber("+222" + local));
  }

  @ParameterizedTest
  @CsvSource({
    "+22252345678, MR",
    "52345678, MR",
    "2234567, MR",
    "223456789, MR",
    "+2222234567, MR",
    "+222223456789, MR",
    "22345678, ZW",
  })
  void refusesWhatIsNoMauritanianNumber(String text, String region) {
    assertThat(numbering.parse(text, region)).isEmpty();
  }

  @Test
  void takesDigitsThatAreNoNationalNumberAsInternational() {
    assertThat(numbering.parse("447400123456", "ZW")).contains(new PhoneNumber("+447400123456"));
    assertThat(numbering.parse("12025550123", "ZW")).contains(new PhoneNumber("+12025550123"));
  }

  @Test
  void takesDigitsThatAreANationalNumberAsOne() {
    assertThat(numbering.parse("6589234567", "US")).contains(new PhoneNumber("+16589234567"));
    assertThat(numbering.parse("6589234567", "ZW")).contains(new PhoneNumber("+6589234567"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "+",
        "++263771234567",
        "+263+771234567",
        "263771234567+",
        "+26377123456",
        "+2637712345678",
        "+263 77 123 4567 ext 5",
        "+263 77 123 4567;ext=5",
        "+263 77 123 4567 x5",
        "+263 77 123 4567#5",
        "1-800-FLOWERS",
        "0771234567a",
        "tel:+263771234567",
        "0771234567,0771234568",
        "0771234567/0771234568",
        "((077) 1234567)",
        "077) 1234567",
        "(077 1234567",
        "077\n1234567",
        "077\u00001234567",
        "+999123456789",
        "+0771234567",
        "000000000000",
        "112",
        "\uD83D\uDCDE0771234567",
        "\uD800",
        "077_123_4567",
        "' OR 1=1 --",
        "%s%n",
      })
  void refusesWhatIsNoNumber(String text) {
    assertThat(numbering.parse(text, "ZW")).isEmpty();
  }

  @Test
  void refusesLongTextsWithoutReadingThem() {
    assertThat(numbering.parse("0771234567" + " ".repeat(10_000_000), "ZW")).isEmpty();
    assertThat(numbering.parse("1".repeat(10_000_000), "ZW")).isEmpty();
  }

  @Test
  void ignoresTheInvisibleMarksOfCopiedText() {
    assertThat(numbering.parse("\u202A+263\u00A077\u2011123\u20094567\u202C", "ZW"))
        .contains(new PhoneNumber("+263771234567"));
    assertThat(numbering.parse("\uFF0B\uFF12\uFF16\uFF13771234567", "ZW"))
        .contains(new PhoneNumber("+263771234567"));
  }

  @Test
  void readsEveryCountrysExampleInEveryForm() {
    for (String region : LIBRARY.getSupportedRegions()) {
      Phonenumber.PhoneNumber example = LIBRARY.getExampleNumber(region);
      PhoneNumber expected = new PhoneNumber(LIBRARY.format(example, PhoneNumberFormat.E164));
      assertThat(numbering.parse(expected.value(), region)).as(region).contains(expected);
      for (PhoneNumberFormat format :
          List.of(PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.NATIONAL)) {
        String written = LIBRARY.format(example, format);
        assertThat(numbering.parse(written, region)).as(region + " " + format).contains(expected);
      }
    }
  }

  @Test
  void agreesWithTheLibrarysOwnParser() {
    Random random = new Random(SEED);
    for (String region : LIBRARY.getSupportedRegions()) {
      List<Phonenumber.PhoneNumber> examples = examples(region);
      for (int i = 0; i < 200 && !region.equals(MauritanianNumbers.REGION); i++) {
        String text = digitsNear(examples.get(random.nextInt(examples.size())), region, random);
        String description = "seed %d, %s in %s".formatted(SEED, text, region);
        String ours = numbering.parse(text, region).map(PhoneNumber::value).orElse(null);
        String parsers = parsed(text, region);
        if (parsers != null) {
          assertThat(ours).as(description).isEqualTo(parsers);
        } else if (ours != null) {
          // a prefix that the parser takes for something else, such as a carrier's code
          assertThat(parsed(ours, region)).as(description).isEqualTo(ours);
          assertThat(text).as(description).endsWith(ours.substring(ours.length() - 5));
        }
      }
    }
  }

  @Test
  void neverThrowsAndItsResultMeansItself() {
    Random random = new Random(SEED);
    String alphabet = "0123456789012345678901234567890123456789+-() ./xA\u0660\u00A0\uFF0B\uD800";
    List<String> regions = List.of("ZW", "MR", "US", "IT", "DE", "", "xx", "\u0130", "001");
    int valid = 0;
    for (int i = 0; i < 200_000; i++) {
      int length = random.nextInt(24);
      StringBuilder text = new StringBuilder(i % 3 == 0 ? "+" : "");
      random.ints(length, 0, alphabet.length()).forEach(c -> text.append(alphabet.charAt(c)));
      String region = regions.get(random.nextInt(regions.size()));
      for (PhoneNumber number : numbering.parse(text.toString(), region).stream().toList()) {
        valid++;
        String description = "seed %d, \"%s\" in %s".formatted(SEED, text, region);
        assertThat(numbering.parse(number.value(), region)).as(description).contains(number);
        assertThat(numbering.network(number)).as(description).isNotNull();
      }
    }
    assertThat(valid).isGreaterThan(1_000);
  }

  @ParameterizedTest
  @CsvSource({
    "+263775550150, Africa/Harare",
    "+22246550150, Africa/Nouakchott",
    "+12125550123, America/New_York",
  })
  void knowsTheTimeZoneOfANumber(String number, String zone) {
    assertThat(numbering.timeZones(new PhoneNumber(number))).containsExactly(ZoneId.of(zone));
  }

  @Test
  void knowsAllOfAFewTimeZones() {
    assertThat(numbering.timeZones(new PhoneNumber("+351912345678"))).hasSizeBetween(2, 6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+18005550123", "+999123456789", "+79123456789"})
  void knowsNoTimeZoneWhereThereAreNoneOrTooMany(String number) {
    assertThat(numbering.timeZones(new PhoneNumber(number))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "+263771234567, Econet",
    "+263712345678, Net*One",
    "+263733123456, Telecel",
    "+22222345678, Chinguitel",
    "+22232345678, Mattel",
    "+22242345678, Mauritel",
    "+12025550123, ''",
    "+4930123456, ''",
  })
  void knowsTheNetworkOfANumber(String number, String network) {
    assertThat(numbering.network(new PhoneNumber(number))).isEqualTo(network);
  }

  @ParameterizedTest
  @CsvSource({
    "+263771234567, ZW",
    "+22222345678, MR",
    "+12025550123, US",
    "+14165550123, CA",
    "+447400123456, GB",
    "+447781123456, GG",
    "+79123456789, RU",
    "+77012345678, KZ",
    "+80012345678, ''",
    "+999123456789, ''",
  })
  void knowsTheCountryOfANumber(String number, String country) {
    assertThat(numbering.country(new PhoneNumber(number))).isEqualTo(country);
  }

  /// Prices remember the country by the first nine characters.
  @Test
  void nineCharactersTellTheCountryOfAMobileNumber() {
    Random random = new Random(1);
    for (String region : LIBRARY.getSupportedRegions()) {
      Phonenumber.PhoneNumber example =
          LIBRARY.getExampleNumberForType(region, PhoneNumberUtil.PhoneNumberType.MOBILE);
      if (example != null) {
        String number = LIBRARY.format(example, PhoneNumberFormat.E164);
        String beginning = number.substring(0, Math.min(9, number.length()));
        assertThat(countriesOf(beginning, number.length(), random)).as(region).hasSizeLessThan(2);
      }
    }
  }

  private Set<String> countriesOf(String beginning, int length, Random random) {
    Set<String> countries = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      StringBuilder number = new StringBuilder(beginning);
      while (number.length() < length) {
        number.append(random.nextInt(10));
      }
      countries.add(numbering.country(new PhoneNumber(number.toString())));
    }
    countries.remove("");
    return countries;
  }

  @Test
  void knowsNoNetworkOfANumberWithoutPlan() {
    assertThat(numbering.network(new PhoneNumber("+999123456789"))).isEmpty();
  }

  @Test
  void tellsNetworksToManyThreadsAtOnce() throws Exception {
    List<PhoneNumber> numbers =
        LIBRARY.getSupportedRegions().stream()
            .map(LIBRARY::getExampleNumber)
            .map(example -> LIBRARY.format(example, PhoneNumberFormat.E164))
            .map(PhoneNumber::new)
            .toList();
    Callable<List<String>> all = () -> numbers.stream().map(numbering::network).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<List<String>>> answers =
          threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> all).toList());
      List<String> expected = all.call();
      for (Future<List<String>> answer : answers) {
        assertThat(answer.get()).isEqualTo(expected);
      }
    }
  }

  /// One of the region's numbers of every type that it has.
  private static List<Phonenumber.PhoneNumber> examples(String region) {
    List<Phonenumber.PhoneNumber> examples = new ArrayList<>();
    for (PhoneNumberUtil.PhoneNumberType type : PhoneNumberUtil.PhoneNumberType.values()) {
      Phonenumber.PhoneNumber example = LIBRARY.getExampleNumberForType(region, type);
      if (example != null) {
        examples.add(example);
      }
    }
    return examples;
  }

  /// The number's digits, some of them changed, led by one of the prefixes that people write.
  private static String digitsNear(Phonenumber.PhoneNumber example, String region, Random random) {
    StringBuilder national = new StringBuilder(LIBRARY.getNationalSignificantNumber(example));
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      national.setCharAt(random.nextInt(national.length()), (char) ('0' + random.nextInt(10)));
    }
    if (random.nextInt(6) == 0) {
      national.append(random.nextInt(10));
    }
    String prefix = LIBRARY.getNddPrefixForRegion(region, true);
    String trunk = prefix == null ? "" : prefix;
    int code = example.getCountryCode();
    return switch (random.nextInt(6)) {
      case 0 -> "+" + code + national;
      case 1 -> "" + code + national;
      case 2 -> trunk + national;
      case 3 -> "+" + code + trunk + national;
      case 4 -> "00" + code + national;
      default -> national.toString();
    };
  }

  private static @Nullable String parsed(String text, String region) {
    String first = parsedOnce(text, region);
    return first == null && !text.startsWith("+") ? parsedOnce("+" + text, region) : first;
  }

  private static @Nullable String parsedOnce(String text, String region) {
    try {
      Phonenumber.PhoneNumber number = LIBRARY.parse(text, region);
      String e164 = LIBRARY.format(number, PhoneNumberFormat.E164);
      boolean fits = PhoneNumber.parse(e164).isPresent();
      return fits && LIBRARY.isValidNumber(number) ? e164 : null;
    } catch (NumberParseException e) {
      return null;
    }
  }
}
