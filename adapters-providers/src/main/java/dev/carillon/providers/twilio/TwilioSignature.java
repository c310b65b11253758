package dev.carillon.providers.twilio;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tells by `X-Twilio-Signature` whether a call comes from Twilio: HMAC-SHA1 by the account's token
/// over the URL as it was called and the form's fields in the order of their names, each followed
/// by its value (<https://www.twilio.com/docs/usage/webhooks/webhooks-security>).
final class TwilioSignature {
  private static final String ALGORITHM = "HmacSHA1";
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private final List<SecretKeySpec> keys;

  TwilioSignature(TwilioConfig.Account account) {
    this.keys =
        List.of(account.authToken(), account.otherAuthToken()).stream()
            .filter(token -> !token.isEmpty())
            .map(token -> new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), ALGORITHM))
            .toList();
  }

  /// Whether this is the signature of that call by one of the tokens.
  boolean fits(String signature, String url, TwilioForm form) {
    byte[] shown = signature.getBytes(StandardCharsets.UTF_8);
    String signed = signed(form);
    boolean fits = false;
    for (String written : writings(url)) {
      for (SecretKeySpec key : keys) {
        fits |= MessageDigest.isEqual(shown, sign(key, written + signed));
      }
    }
    return fits;
  }

  private static String signed(TwilioForm form) {
    StringBuilder signed = new StringBuilder();
    form.fields()
        .forEach((name, values) ->
            new TreeSet<>(values).forEach(value -> signed.append(name).append(value)));
    return signed.toString();
  }

  private static byte[] sign(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return Base64.getEncoder().encode(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /// Twilio signs some calls with the port in the URL and some without, whichever way it was given
  /// to it; its own libraries try both.
  private static SequencedSet<String> writings(String url) {
    SequencedSet<String> writings = new LinkedHashSet<>();
    writings.add(url);
    try {
      URI uri = URI.create(url);
      String scheme = uri.getScheme();
      String host = uri.getHost();
      if (scheme != null && host != null) {
        String rest =
            url.substring(url.indexOf(uri.getRawAuthority()) + uri.getRawAuthority().length());
        int port = "https".equals(scheme) ? HTTPS_PORT : HTTP_PORT;
        writings.add(scheme + "://" + host + rest);
        writings.add(
            scheme + "://" + host + ":" + (uri.getPort() < 0 ? port : uri.getPort()) + rest);
      }
    } catch (IllegalArgumentException e) {
      // What is no URI can only be signed as it is.
    }
    return writings;
  }
}
