package dev.carillon.providers.smtp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.exceptions.FailException;

/// Signs mails for a domain (RFC 6376: rsa-sha256, both parts canonicalised the relaxed way, which
/// outlives relays that fold lines anew).
final class DkimSigning {
  /// RFC 6376, 5.4.1, and RFC 8058, 4: the fields that say who writes what to whom, how to read it,
  /// and how to unsubscribe.
  private static final List<String> SIGNED =
      List.of(
          "from",
          "reply-to",
          "to",
          "subject",
          "date",
          "message-id",
          "mime-version",
          "content-type",
          "content-transfer-encoding",
          "list-unsubscribe",
          "list-unsubscribe-post");

  /// Signed as absent a second time, so that none can be put before it (RFC 6376, 8.15).
  private static final List<String> ONLY_ONE = List.of("from", "to", "subject");

  /// RFC 5322, 2.1.1: what a line should not be longer than.
  private static final Pattern FOLDABLE = Pattern.compile("(.{1,70})");

  private static final String SIGNATURE = "\tb=";

  private final SmtpConfig.Dkim config;
  private final PrivateKey key;
  private final InstantSource clock;

  /// @param config without problems
  DkimSigning(SmtpConfig.Dkim config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    try {
      this.key = DkimKey.read(config.keyFile());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("DKIM key cannot be read: " + config.keyFile(), e);
    }
  }

  /// The mail with its signature before it.
  byte[] signed(byte[] octets) {
    try {
      String header = new DKIMSigner(template(octets), key).sign(new ByteArrayInputStream(octets));
      ByteArrayOutputStream signed = new ByteArrayOutputStream(octets.length + 1_024);
      signed.write((folded(header) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      signed.write(octets);
      return signed.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FailException e) {
      throw new IllegalStateException("a mail cannot be signed", e);
    }
  }

  private String template(byte[] octets) {
    Set<String> present = names(octets);
    List<String> fields =
        Stream.concat(SIGNED.stream(), ONLY_ONE.stream()).filter(present::contains).toList();
    return "v=1; a=rsa-sha256; c=relaxed/relaxed; d=%s; s=%s; t=%d; h=%s; bh=; b=;"
        .formatted(
            config.domain(),
            config.selector(),
            clock.instant().getEpochSecond(),
            String.join(":", fields));
  }

  private static Set<String> names(byte[] octets) {
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    String head = text.substring(0, text.indexOf("\r\n\r\n"));
    Set<String> names = new HashSet<>();
    Arrays.stream(head.split("\r\n", -1))
        .filter(line -> !Character.isWhitespace(line.charAt(0)))
        .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
        .forEach(names::add);
    return names;
  }

  /// Line ends before white space change nothing of what was signed (RFC 6376, 3.4.2), and inside
  /// of `b=` nothing at all (section 3.5).
  private static String folded(String header) {
    String folded = header.replace("; ", ";\r\n\t");
    int begin = folded.indexOf(SIGNATURE) + SIGNATURE.length();
    int end = folded.indexOf(';', begin);
    return folded.substring(0, begin)
        + FOLDABLE.matcher(folded.substring(begin, end)).replaceAll("$1\r\n\t").stripTrailing()
        + folded.substring(end);
  }
}
