package dev.carillon.domain.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where events are sent to: an absolute address of the web with nothing secret in its authority.
public final class WebhookUrl {
  /// Longest text.
  public static final int MOST_LENGTH = 2_048;

  private static final int MOST_PORT = 65_535;
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern DOTTED_QUAD = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);

  /// A host whose last label is a number is read as an IPv4 address, in whatever form (URL
  /// standard, "ends in a number").
  private static final Pattern ENDS_IN_NUMBER =
      Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)\\.?", Pattern.CASE_INSENSITIVE);

  private WebhookUrl() {}

  /// Why the text is no such address, for people; empty when it is one.
  ///
  /// @param plain whether http is accepted beside https
  public static Optional<String> problem(String text, boolean plain) {
    if (text.isEmpty() || text.length() > MOST_LENGTH) {
      return Optional.of("must have 1 to " + MOST_LENGTH + " characters");
    }
    return parse(text)
        .map(url -> problem(url, plain))
        .orElse(Optional.of("must be an absolute URL in ASCII (RFC 3986)"));
  }

  private static Optional<URI> parse(String text) {
    if (!text.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException notOne) {
      return Optional.empty();
    }
  }

  private static Optional<String> problem(URI url, boolean plain) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!(scheme.equals("https") || (plain && scheme.equals("http")))) {
      return Optional.of(
          plain ? "must begin with https:// or http://" : "must begin with https://");
    }
    String host = url.getHost();
    if (host == null || host.isEmpty()) {
      return Optional.of("must name a host");
    }
    if (ENDS_IN_NUMBER.matcher(host).matches() && !DOTTED_QUAD.matcher(host).matches()) {
      return Optional.of("must name an IPv4 address by four decimal numbers");
    }
    if (url.getRawUserInfo() != null) {
      return Optional.of("must not carry a user or a password");
    }
    if (url.getRawFragment() != null) {
      return Optional.of("must not have a fragment");
    }
    if (url.getPort() == 0 || url.getPort() > MOST_PORT) {
      return Optional.of("must name a port from 1 to " + MOST_PORT);
    }
    return Optional.empty();
  }
}
