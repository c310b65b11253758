package dev.carillon.providers.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Twilio's own library is the judge.
class TwilioSignatureTest {
  /// The example of <https://www.twilio.com/docs/usage/webhooks/webhooks-security>.
  private static final Map<String, String> FIELDS =
      Map.of(
          "CallSid", "CA1234567890ABCDE",
          "Caller", "+14158675309",
          "Digits", "1234",
          "From", "+14158675309",
          "To", "+18005551212");

  private static final String URL = "https://mycompany.com/myapp.php?foo=1&bar=2";

  @Test
  void acceptsTwiliosOwnExample() {
    assertThat(signature("12345").fits("RSOYDt4T1cUTdK1PDd93/VVr8B8=", URL, form(FIELDS))).isTrue();
  }

  @Test
  void agreesWithTwiliosLibraryOnWhateverIsSigned() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      String token = text(random, 16);
      String url = "https://bells.example.org/callbacks/t" + i + "?ref=" + i + ".0.1";
      Map<String, String> fields = fields(random);
      String shown = Signing.sign(token, url, fields);
      Map<String, String> changed = new HashMap<>(fields);
      changed.merge("Body", "x", (a, b) -> a + b);

      RequestValidator theirs = new RequestValidator(token);
      TwilioSignature ours = signature(token);
      assertThat(theirs.validate(url, fields, shown)).as("seed %d", seed).isTrue();
      assertThat(ours.fits(shown, url, form(fields))).as("seed %d", seed).isTrue();
      assertThat(theirs.validate(url, changed, shown)).as("seed %d", seed).isFalse();
      assertThat(ours.fits(shown, url, form(changed))).as("seed %d", seed).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://bells.example.org/callbacks/twilio?ref=7.0.3",
        "https://bells.example.org:443/callbacks/twilio?ref=7.0.3",
        "https://bells.example.org:8443/callbacks/twilio?ref=7.0.3",
        "https://bells.example.org/callbacks/twilio?ref=7.0.3&redirect=https://bells.example.org/",
        "http://bells.example.org:8080/callbacks/twilio",
        "http://bells.example.org/",
        "http://bells.example.org",
      })
  void acceptsTheUrlWithOrWithoutItsPortAsTwiliosLibraryDoes(String url) {
    RequestValidator theirs = new RequestValidator("12345");
    for (String signed : new String[] {url, withPort(url), withoutPort(url)}) {
      String shown = Signing.sign("12345", signed, FIELDS);

      assertThat(theirs.validate(url, FIELDS, shown)).as(signed).isTrue();
      assertThat(signature("12345").fits(shown, url, form(FIELDS))).as(signed).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "RSOYDt4T1cUTdK1PDd93/VVr8B9=",
        "rsoydt4t1cutdk1pdd93/vvr8b8=",
        "RSOYDt4T1cUTdK1PDd93/VVr8B8",
        "\u0000",
      })
  void refusesAnyOtherSignature(String shown) {
    assertThat(signature("12345").fits(shown, URL, form(FIELDS))).isFalse();
  }

  @Test
  void refusesAnotherUrlAndAnotherToken() {
    String shown = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

    assertThat(signature("12345").fits(shown, URL + "&baz=3", form(FIELDS))).isFalse();
    assertThat(signature("12346").fits(shown, URL, form(FIELDS))).isFalse();
  }

  @Test
  void acceptsBothTokensWhileTheyAreBeingChanged() {
    TwilioConfig.Account both =
        new TwilioConfig.Account(Fixtures.ACCOUNT.sid(), "54321", "12345", "", "");

    TwilioSignature signature = new TwilioSignature(both);
    assertThat(signature.fits("RSOYDt4T1cUTdK1PDd93/VVr8B8=", URL, form(FIELDS))).isTrue();
    String byTheOther = Signing.sign("54321", URL, FIELDS);
    assertThat(signature.fits(byTheOther, URL, form(FIELDS))).isTrue();
  }

  private static TwilioSignature signature(String token) {
    return new TwilioSignature(new TwilioConfig.Account(Fixtures.ACCOUNT.sid(), token, "", "", ""));
  }

  private static TwilioForm form(Map<String, String> fields) {
    return Fixtures.form(fields);
  }

  private static Map<String, String> fields(Random random) {
    Map<String, String> fields = new HashMap<>();
    for (int i = random.nextInt(8); i >= 0; i--) {
      fields.put(text(random, 1 + random.nextInt(8)), text(random, random.nextInt(20)));
    }
    return fields;
  }

  /// Whatever can be written, of all planes.
  private static String text(Random random, int length) {
    return random
        .ints(length, 1, 0x1FFFF)
        .map(it -> Character.isDefined(it) && it != 0xFFFD ? it : 'x')
        .filter(it -> it < 0xD800 || it > 0xDFFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String withPort(String url) {
    return url.matches("https?://[^/:]+:.*")
        ? url
        : url.replaceFirst("//([^/:]+)", "//$1:" + (url.startsWith("https") ? "443" : "80"));
  }

  private static String withoutPort(String url) {
    return url.replaceFirst("(//[^/:]+):[0-9]+", "$1");
  }
}
