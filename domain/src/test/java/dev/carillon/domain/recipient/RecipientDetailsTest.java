package dev.carillon.domain.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecipientDetailsTest {
  private static final EmailAddress EMAIL = new EmailAddress("jane@example.com");
  private static final RecipientDetails ONE = details("1", "+263771234561", "ZW");
  private static final RecipientDetails OTHER = details("2", "+263771234562", "ZA");
  private static final String CONTROLS = "must not contain line breaks or other control characters";

  @Test
  void blanksAroundTextsAreRemoved() {
    RecipientDetails details =
        new RecipientDetails(
            " Jane\t",
            "\u2003Smith ",
            EMAIL,
            null,
            null,
            new PostalAddress(" 1 First St ", " Harare ", " HA ", " 00263 ", null),
            List.of(),
            " a\nb\n");

    assertThat(details.firstName()).isEqualTo("Jane");
    assertThat(details.lastName()).isEqualTo("Smith");
    assertThat(details.address())
        .isEqualTo(new PostalAddress("1 First St", "Harare", "HA", "00263", null));
    assertThat(details.notes()).isEqualTo("a\nb");
  }

  @Test
  void tagsAreDistinctAndInOrderWithoutBlankOnes() {
    assertThat(tagged(List.of(" vip", "", "news", "vip ", "  ", "VIP")).tags())
        .containsExactly("vip", "news", "VIP");
  }

  @Test
  void smallestRecipientHasNamesAndOneContact() {
    assertThat(named("J", "S").violations()).isEmpty();
  }

  @Test
  void anyOneContactIsEnough() {
    PhoneNumber phone = new PhoneNumber("+263771234567");
    RecipientDetails bySms =
        new RecipientDetails("J", "S", null, phone, null, PostalAddress.EMPTY, List.of(), "");
    RecipientDetails byWhatsApp =
        new RecipientDetails("J", "S", null, null, phone, PostalAddress.EMPTY, List.of(), "");

    assertThat(bySms.isReachable()).isTrue();
    assertThat(bySms.violations()).isEmpty();
    assertThat(byWhatsApp.isReachable()).isTrue();
    assertThat(byWhatsApp.violations()).isEmpty();
  }

  @Test
  void everythingMissingIsToldAtOnce() {
    RecipientDetails details =
        new RecipientDetails(" ", "", null, null, null, PostalAddress.EMPTY, List.of(), "");

    assertThat(details.isReachable()).isFalse();
    assertThat(details.violations())
        .containsExactly(
            new RecipientViolation("first_name", "is required and must not be blank"),
            new RecipientViolation("last_name", "is required and must not be blank"),
            new RecipientViolation(
                "email", "at least one of email, sms_phone and whatsapp_phone is required"));
  }

  @Test
  void textsMayBeAsLongAsTheirBounds() {
    assertThat(sized(0).violations()).isEmpty();
    assertThat(sized(1).violations())
        .containsExactly(
            new RecipientViolation("first_name", "must not be longer than 100 characters"),
            new RecipientViolation("last_name", "must not be longer than 100 characters"),
            new RecipientViolation("street", "must not be longer than 200 characters"),
            new RecipientViolation("city", "must not be longer than 100 characters"),
            new RecipientViolation("state", "must not be longer than 100 characters"),
            new RecipientViolation("zip_code", "must not be longer than 20 characters"),
            new RecipientViolation("tags[1]", "must not be longer than 64 characters"),
            new RecipientViolation("notes", "must not be longer than 4000 characters"));
  }

  @Test
  void linesTakeNoControlCharacters() {
    RecipientDetails details =
        new RecipientDetails(
            "a\nb",
            "a\0b",
            EMAIL,
            null,
            null,
            new PostalAddress("a\rb", "a\tb", "a\u007Fb", "a\u0085b", null),
            List.of("a", "a\nb"),
            "\0a\nb");

    assertThat(details.violations())
        .containsExactly(
            new RecipientViolation("first_name", CONTROLS),
            new RecipientViolation("last_name", CONTROLS),
            new RecipientViolation("street", CONTROLS),
            new RecipientViolation("city", CONTROLS),
            new RecipientViolation("state", CONTROLS),
            new RecipientViolation("zip_code", CONTROLS),
            new RecipientViolation("tags[1]", CONTROLS),
            new RecipientViolation("notes", "must not contain the NUL character"));
  }

  @Test
  void referencesAreShortLines() {
    assertThat(referredToAs("r".repeat(128)).violations()).isEmpty();
    assertThat(referredToAs(" crm-7 ").reference()).isEqualTo("crm-7");
    assertThat(referredToAs("r".repeat(129)).violations())
        .containsExactly(
            new RecipientViolation("reference", "must not be longer than 128 characters"));
    assertThat(referredToAs("a\0b").violations())
        .containsExactly(new RecipientViolation("reference", CONTROLS));
  }

  @Test
  void takesTheNamedFieldsFromOthersAndNoMore() {
    for (RecipientField field : RecipientField.values()) {
      RecipientDetails changed = ONE.with(OTHER, Set.of(field));

      assertThat(changed).as(field.path()).isNotEqualTo(ONE);
      assertThat(changed.with(ONE, Set.of(field))).as(field.path()).isEqualTo(ONE);
      assertThat(OTHER.with(ONE, Set.of(field)).with(ONE, without(field)))
          .as(field.path())
          .isEqualTo(ONE);
    }
    assertThat(ONE.with(OTHER, Set.of())).isEqualTo(ONE);
    assertThat(ONE.with(OTHER, RecipientField.ALL)).isEqualTo(OTHER);
  }

  @Test
  void takesWhatIsNotThereTooWhereItIsNamed() {
    RecipientDetails bare = named("J", "S");

    assertThat(ONE.with(bare, RecipientField.ALL)).isEqualTo(bare);
    assertThat(ONE.with(bare, Set.of(RecipientField.SMS_PHONE)).smsPhone()).isNull();
  }

  @Test
  void losesAnAddressWhereverItStands() {
    PhoneNumber phone = new PhoneNumber("+263771234567");
    RecipientDetails details =
        new RecipientDetails("J", "S", EMAIL, phone, phone, PostalAddress.EMPTY, List.of(), "");

    assertThat(details.without(phone))
        .isEqualTo(
            new RecipientDetails("J", "S", EMAIL, null, null, PostalAddress.EMPTY, List.of(), ""));
    assertThat(details.without(phone).without(EMAIL).isReachable()).isFalse();
    assertThat(details.without(new PhoneNumber("+263771234568"))).isEqualTo(details);
  }

  @Test
  void tagsAreBoundedInNumber() {
    assertThat(tagged(numbers(50)).violations()).isEmpty();
    assertThat(tagged(numbers(51)).violations())
        .containsExactly(new RecipientViolation("tags", "must not be more than 50 tags"));
  }

  private static RecipientDetails details(String all, String phone, String country) {
    return new RecipientDetails(
        all,
        all,
        new EmailAddress(all + "@example.com"),
        new PhoneNumber(phone),
        new PhoneNumber(phone),
        new PostalAddress(all, all, all, all, new CountryCode(country)),
        List.of(all),
        all,
        all);
  }

  private static RecipientDetails referredToAs(String reference) {
    return new RecipientDetails(
        "J", "S", EMAIL, null, null, PostalAddress.EMPTY, List.of(), "", reference);
  }

  private static Set<RecipientField> without(RecipientField field) {
    Set<RecipientField> others = EnumSet.allOf(RecipientField.class);
    others.remove(field);
    return others;
  }

  private static RecipientDetails sized(int over) {
    return new RecipientDetails(
        "é".repeat(100 + over),
        "😀".repeat(100 + over),
        EMAIL,
        null,
        null,
        new PostalAddress(
            "s".repeat(200 + over),
            "c".repeat(100 + over),
            "s".repeat(100 + over),
            "z".repeat(20 + over),
            null),
        List.of("a", "t".repeat(64 + over)),
        "n".repeat(4000 + over));
  }

  private static RecipientDetails named(String first, String last) {
    return new RecipientDetails(first, last, EMAIL, null, null, PostalAddress.EMPTY, List.of(), "");
  }

  private static RecipientDetails tagged(List<String> tags) {
    return new RecipientDetails("J", "S", EMAIL, null, null, PostalAddress.EMPTY, tags, "");
  }

  private static List<String> numbers(int count) {
    return Stream.concat(Stream.of(" 0 "), IntStream.range(0, count).mapToObj(i -> "" + i))
        .toList();
  }
}
