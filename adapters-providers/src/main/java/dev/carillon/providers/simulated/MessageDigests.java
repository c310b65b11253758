package dev.carillon.providers.simulated;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.content.WhatsAppTemplate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The SHA-256 of who is told what, by which hand-overs are compared without keeping either. Every
/// part goes in with its length, so that no two messages run together into the same bytes.
final class MessageDigests {
  private final MessageDigest sha256;

  private MessageDigests(MessageDigest sha256) {
    this.sha256 = sha256;
  }

  static String of(OutboundMessage message) {
    MessageDigests digests = new MessageDigests(sha256());
    digests.add(message.address());
    digests.add(message.content());
    return HexFormat.of().formatHex(digests.sha256.digest());
  }

  private void add(Content content) {
    add(content.channel().name());
    switch (content) {
      case SmsContent sms -> addAll(sms.sender(), sms.text());
      case WhatsAppContent whatsApp -> add(whatsApp);
      case EmailContent email -> add(email);
    }
  }

  private void add(WhatsAppContent whatsApp) {
    addAll(whatsApp.sender(), whatsApp.text());
    WhatsAppTemplate template = whatsApp.template();
    if (template != null) {
      addAll(template.name(), template.language());
      template.parameters().forEach(this::add);
    }
  }

  private void add(EmailContent email) {
    addAll(email.from(), email.replyTo(), email.subject(), email.html(), email.text());
    email.headers().forEach((name, value) -> addAll(name, value));
  }

  private void addAll(String... parts) {
    for (String part : parts) {
      add(part);
    }
  }

  private void add(String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    for (int shift = 24; shift >= 0; shift -= 8) {
      sha256.update((byte) (bytes.length >>> shift));
    }
    sha256.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
