package dev.carillon.providers.twilio;

import dev.carillon.domain.content.Channel;
import dev.carillon.providers.CarrierConfig;
import dev.carillon.providers.http.HandOverLimits;
import dev.carillon.providers.http.HttpLimits;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// How one account at Twilio is used.
///
/// @param api where Twilio is
/// @param templates the sid of the content template that stands for a template of ours, by `name`
///   or `name/language`
/// @param stopWords by which recipients opt out where Twilio does not say so itself
/// @param smartEncoding whether Twilio may replace characters by similar ones of the GSM alphabet
/// @param inquiry whether Twilio is asked for messages whose answer was lost
/// @param window most messages of one worker unanswered at once
public record TwilioConfig(
    URI api,
    Account account,
    Senders senders,
    Map<String, String> templates,
    Set<String> stopWords,
    boolean smartEncoding,
    boolean inquiry,
    int window,
    HandOverLimits handOver,
    HttpLimits http)
    implements CarrierConfig {

  private static final Pattern CONTENT_SID = Pattern.compile("HX[0-9a-fA-F]{32}");

  public TwilioConfig {
    templates = Map.copyOf(templates);
    stopWords = Set.copyOf(stopWords);
  }

  /// The channels that it has a sender for.
  public Set<Channel> channels() {
    Set<Channel> channels = EnumSet.noneOf(Channel.class);
    if (!senders.sms().isEmpty() || !senders.messagingService().isEmpty()) {
      channels.add(Channel.SMS);
    }
    if (!senders.whatsApp().isEmpty()) {
      channels.add(Channel.WHATSAPP);
    }
    return Set.copyOf(channels);
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    account.check(problems);
    senders.check(problems);
    boolean web = "https".equals(api.getScheme()) || "http".equals(api.getScheme());
    require(web && api.getHost() != null, problems, "api-url must be an address of the web");
    templates.forEach((name, sid) ->
        require(
            isContentSid(sid),
            problems,
            "templates." + name + " must be the sid of a content template: HX and 32 digits"));
    require(window >= 1 && window <= 10_000, problems, "window must be 1 to 10000");
    return List.copyOf(problems);
  }

  /// Whether a text is the sid of a content template.
  static boolean isContentSid(String text) {
    return CONTENT_SID.matcher(text).matches();
  }

  @Override
  public String toString() {
    return "TwilioConfig[" + account + "]";
  }

  private static void require(boolean holds, List<String> problems, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }

  private static void requireShape(
      String name, String value, String shape, String words, List<String> problems) {
    require(value.matches(shape), problems, name + " must be " + words);
  }

  /// Who we are there.
  ///
  /// @param sid of the account
  /// @param authToken signs what Twilio sends us, and opens its door unless there is a key
  /// @param otherAuthToken signs as well while the token is being changed; mostly empty
  /// @param keySid of an API key that opens the door instead of the token; empty for the token
  public record Account(
      String sid, String authToken, String otherAuthToken, String keySid, String keySecret) {

    private void check(List<String> problems) {
      requireShape(
          "account-sid", sid, "AC[0-9a-fA-F]{32}", "AC and 32 hexadecimal digits", problems);
      require(!authToken.isBlank(), problems, "auth-token must be set");
      requireShape(
          "api-key-sid", keySid, "|SK[0-9a-fA-F]{32}", "SK and 32 hexadecimal digits", problems);
      require(
          keySid.isEmpty() == keySecret.isEmpty(),
          problems,
          "api-key-sid and api-key-secret must be set both or neither");
    }

    @Override
    public String toString() {
      return "Account[" + sid + "]";
    }
  }

  /// Whom messages come from when their job does not say.
  ///
  /// @param messagingService chooses the sender of an SMS; may be empty
  /// @param sms number, short code or name; may be empty
  /// @param whatsApp number in E.164 form; empty for no WhatsApp
  public record Senders(String messagingService, String sms, String whatsApp) {
    private void check(List<String> problems) {
      requireShape(
          "messaging-service-sid",
          messagingService,
          "|MG[0-9a-fA-F]{32}",
          "MG and 32 hexadecimal digits",
          problems);
      requireShape(
          "whatsapp-from",
          whatsApp,
          "|\\+[1-9][0-9]{6,14}",
          "a number like +263771234567",
          problems);
      require(
          messagingService.isEmpty() || sms.isEmpty(),
          problems,
          "only one of messaging-service-sid and from may be set");
      require(
          !messagingService.isEmpty() || !sms.isEmpty() || !whatsApp.isEmpty(),
          problems,
          "one of messaging-service-sid, from and whatsapp-from must be set");
    }
  }
}
