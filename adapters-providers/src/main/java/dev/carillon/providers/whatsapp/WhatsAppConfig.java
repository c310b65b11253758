package dev.carillon.providers.whatsapp;

import dev.carillon.providers.CarrierConfig;
import dev.carillon.providers.http.HandOverLimits;
import dev.carillon.providers.http.HttpLimits;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// How one app of Meta's is used to send over WhatsApp.
///
/// @param api where the Graph API is
/// @param version of the Graph API, such as `v23.0`
/// @param phoneNumberId of the number that messages come from when their job does not say
/// @param numbers ids of the numbers that jobs may name as their sender, by number in E.164 form
/// @param stopWords by which recipients opt out
/// @param marketingStops whether who stops marketing in WhatsApp's own menu is not written to at
///   all any more, rather than left to Meta to refuse
/// @param window most messages of one worker unanswered at once
public record WhatsAppConfig(
    URI api,
    String version,
    Keys keys,
    String phoneNumberId,
    Map<String, String> numbers,
    Set<String> stopWords,
    boolean marketingStops,
    int window,
    HandOverLimits handOver,
    HttpLimits http)
    implements CarrierConfig {

  private static final Pattern ID = Pattern.compile("[0-9]{1,32}");
  private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");

  public WhatsAppConfig {
    numbers = Map.copyOf(numbers);
    stopWords = Set.copyOf(stopWords);
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    keys.check(problems);
    boolean web = "https".equals(api.getScheme()) || "http".equals(api.getScheme());
    require(web && api.getHost() != null, problems, "api-url must be an address of the web");
    require(version.matches("v[0-9]{1,3}\\.[0-9]"), problems, "version must look like v23.0");
    require(isId(phoneNumberId), problems, "phone-number-id must be digits");
    numbers.forEach((number, id) -> {
      require(
          NUMBER.matcher(number).matches(),
          problems,
          "numbers: " + number + " must be a number like +263771234567");
      require(isId(id), problems, "numbers." + number + " must be digits");
    });
    require(window >= 1 && window <= 10_000, problems, "window must be 1 to 10000");
    return List.copyOf(problems);
  }

  @Override
  public String toString() {
    return "WhatsAppConfig[" + phoneNumberId + "]";
  }

  private static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  private static void require(boolean holds, List<String> problems, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }

  /// Secrets that are shared with Meta.
  ///
  /// @param accessToken opens Meta's door
  /// @param appSecret signs what Meta sends us
  /// @param verifyToken is shown by Meta when it is given our address
  public record Keys(String accessToken, String appSecret, String verifyToken) {
    private void check(List<String> problems) {
      require(isToken(accessToken), problems, "access-token must be set");
      require(!appSecret.isBlank(), problems, "app-secret must be set");
      require(!verifyToken.isBlank(), problems, "verify-token must be set");
    }

    /// It stands in a header.
    private static boolean isToken(String text) {
      return !text.isEmpty() && text.chars().allMatch(it -> it > ' ' && it < 0x7f);
    }

    @Override
    public String toString() {
      return "Keys[]";
    }
  }
}
