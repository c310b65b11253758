package dev.carillon.providers.postmark;

import dev.carillon.providers.CarrierConfig;
import dev.carillon.providers.http.HandOverLimits;
import dev.carillon.providers.http.HttpLimits;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one server (in Postmark's sense: a sender with a token) is used.
///
/// @param api where Postmark is
/// @param serverToken opens its door
/// @param mail what every mail has
/// @param webhook what its calls show to be genuine; null when it makes none
/// @param inquiry whether Postmark is asked for messages whose answer was lost
/// @param window most messages of one worker unanswered at once
public record PostmarkConfig(
    URI api,
    String serverToken,
    Mail mail,
    @Nullable Webhook webhook,
    boolean inquiry,
    int window,
    HandOverLimits handOver,
    HttpLimits http)
    implements CarrierConfig {

  /// Postmark's own address.
  public static final URI API = URI.create("https://api.postmarkapp.com");

  /// https://postmarkapp.com/developer/user-guide/send-email-with-api/batch-emails
  public static final int MOST_OF_A_BATCH = 500;

  private static final int MOST_WINDOW = 10_000;

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    boolean web = "https".equals(api.getScheme()) || "http".equals(api.getScheme());
    require(web && api.getHost() != null, problems, "api-url must be an address of the web");
    require(isHeaderValue(serverToken), problems, "server-token must be set");
    require(
        mail.stream().matches("[a-z0-9_-]{1,64}"),
        problems,
        "message-stream must be the id of a stream, such as outbound");
    if (webhook != null) {
      webhook.check(problems);
    }
    require(window >= 1 && window <= MOST_WINDOW, problems, "window must be 1 to " + MOST_WINDOW);
    require(
        handOver.group() >= 1 && handOver.group() <= MOST_OF_A_BATCH,
        problems,
        "batch must be 1 to " + MOST_OF_A_BATCH);
    return List.copyOf(problems);
  }

  @Override
  public String toString() {
    return "PostmarkConfig[" + api + ", " + mail.stream() + "]";
  }

  private static void require(boolean holds, List<String> problems, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }

  private static boolean isHeaderValue(String text) {
    return text.matches("[\\x21-\\x7E]+");
  }

  /// What every mail has.
  ///
  /// @param from who writes where the job does not say; a sender that Postmark knows
  /// @param stream the message stream that mails go through
  /// @param trackOpens whether Postmark tells that a mail was opened
  /// @param unsubscribe whether mails have our own link to unsubscribe (RFC 8058) where they do not
  ///   say another; only for streams for which Postmark adds none
  public record Mail(String from, String stream, boolean trackOpens, boolean unsubscribe) {}

  /// What Postmark shows when it calls: a name and a password, a header of one's own, or both. All
  /// that is given has to be shown.
  ///
  /// @param user may be empty, then so is the password
  /// @param header name of the header; may be empty, then so is its secret
  public record Webhook(String user, String password, String header, String headerSecret) {
    private void check(List<String> problems) {
      require(
          user.isEmpty() == password.isEmpty(),
          problems,
          "webhook-user and webhook-password must be set both or neither");
      require(
          header.isEmpty() == headerSecret.isEmpty(),
          problems,
          "webhook-header and webhook-header-secret must be set both or neither");
      require(user.indexOf(':') < 0, problems, "webhook-user must have no colon");
    }

    @Override
    public String toString() {
      return "Webhook[***]";
    }
  }
}
