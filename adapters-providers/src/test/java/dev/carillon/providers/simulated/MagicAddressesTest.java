package dev.carillon.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.recipient.EmailAddress;
import dev.carillon.domain.recipient.PhoneNumber;
import dev.carillon.providers.numbering.LibPhoneNumbering;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MagicAddressesTest {
  private static final LibPhoneNumbering NUMBERING = new LibPhoneNumbering();

  @ParameterizedTest
  @EnumSource(SimulatedScript.class)
  void everyScriptHasPhoneNumbersThatPassAcceptance(SimulatedScript script) {
    List<String> prefixes =
        Stream.concat(Stream.of("+120255501", "+141555501"), MagicAddresses.BLOCKS.stream())
            .toList();
    for (String prefix : prefixes) {
      String number = prefix + "%02d".formatted(script.code());
      assertThat(NUMBERING.parse(number, "ZW")).contains(new PhoneNumber(number));
      assertThat(MagicAddresses.script(Channel.SMS, number)).contains(script);
      assertThat(MagicAddresses.script(Channel.WHATSAPP, number)).contains(script);
    }
  }

  @ParameterizedTest
  @EnumSource(SimulatedScript.class)
  void everyScriptHasMailAddressesThatPassAcceptance(SimulatedScript script) {
    List<String> addresses =
        List.of(
            "anna+" + script.tag() + "@example.com",
            "a+b+" + script.tag() + "@example.org",
            "anna+" + script.tag() + "@mail.shop.example",
            script.tag() + "@sim.example");
    for (String address : addresses) {
      assertThat(EmailAddress.parse(address).map(EmailAddress::value)).contains(address);
      assertThat(MagicAddresses.script(Channel.EMAIL, address)).contains(script);
    }
  }

  @Test
  void noTwoScriptsShareACodeOrATag() {
    List<SimulatedScript> scripts = Arrays.asList(SimulatedScript.values());

    assertThat(scripts).extracting(SimulatedScript::code).doesNotHaveDuplicates();
    assertThat(scripts).extracting(SimulatedScript::code).allMatch(code -> code >= 0 && code < 100);
    assertThat(scripts).extracting(SimulatedScript::tag).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+263771234567",
        "+263775550",
        "+263775550200",
        "+2637755501000",
        "+12025550200",
        "+120255501000",
        "+1202555019",
        "+120255501",
        "+12025550199",
        "+22246550099",
      })
  void otherNumbersAreOrdinary(String number) {
    assertThat(MagicAddresses.script(Channel.SMS, number)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna@example.com",
        "refused@example.com",
        "anna+refused@gmail.com",
        "anna+refused@notexample.com",
        "anna+refused@example.com.zw",
        "anna+newsletter@example.com",
        "anna+@example.com",
        "unheard-of@sim.example",
        "anna+REFUSED@example.com",
        "anna+refused@example",
      })
  void otherMailAddressesAreOrdinary(String address) {
    assertThat(MagicAddresses.script(Channel.EMAIL, address)).isEmpty();
  }
}
