package dev.carillon.domain.content;

import java.util.ArrayList;
import java.util.List;

/// The rules of each channel's fields.
final class ContentRules {
  /// SMPP v3.4, 5.2.8: source_addr has at most 21 octets with its final NUL.
  private static final int LONGEST_NUMERIC_SENDER = 20;

  /// 3GPP TS 23.040, 9.1.2.5: ten octets of address hold eleven septets.
  private static final int LONGEST_NAMED_SENDER = 11;

  /// Room for a number or a Cloud API phone-number id.
  private static final int LONGEST_WHATSAPP_SENDER = 64;

  /// Meta, Message Templates: 512 lower-case letters, digits and underscores.
  private static final int LONGEST_TEMPLATE_NAME = 512;

  /// BCP 47 tags in Meta's spelling, such as `en`, `fil` or `pt_BR`, are shorter by far.
  private static final int LONGEST_LANGUAGE = 16;

  /// Of a text that is filled before it is sent. The bound is ours.
  private static final int LONGEST_TEMPLATE = 1 << 16;

  private static final String OF_BLANKS = "must be empty, or more than blanks";

  private ContentRules() {}

  static List<ContentViolation> violations(Content content, ContentLimits limits) {
    Violations violations = new Violations();
    switch (content) {
      case SmsContent sms -> check(sms, limits, violations);
      case WhatsAppContent whatsApp -> check(whatsApp, limits, violations);
      case EmailContent email -> EmailRules.check(email, limits, violations);
    }
    return violations.found();
  }

  static List<ContentViolation> violations(
      Content content, ContentSyntax syntax, ContentLimits limits) {
    Violations violations = new Violations();
    Content literal =
        switch (content) {
          case SmsContent sms -> literal(sms, syntax, violations);
          case WhatsAppContent whatsApp -> literal(whatsApp, syntax, violations);
          // Its bounds are wide enough for a template.
          case EmailContent email -> email;
        };
    violations.addAll(violations(literal, limits));
    return violations.found();
  }

  /// What of it is sent as it is; the rest has to be storable.
  private static SmsContent literal(SmsContent sms, ContentSyntax syntax, Violations violations) {
    return new SmsContent(literal("sms.text", sms.text(), syntax, violations), sms.sender());
  }

  private static WhatsAppContent literal(
      WhatsAppContent message, ContentSyntax syntax, Violations violations) {
    WhatsAppTemplate template = message.template();
    if (template == null) {
      return new WhatsAppContent(
          literal("whatsapp.text", message.text(), syntax, violations), null, message.sender());
    }
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < template.parameters().size(); i++) {
      String field = "whatsapp.template.parameters[" + i + "]";
      parameters.add(literal(field, template.parameters().get(i), syntax, violations));
    }
    return new WhatsAppContent(
        message.text(), template.withParameters(parameters), message.sender());
  }

  private static String literal(
      String field, String text, ContentSyntax syntax, Violations violations) {
    if (!syntax.isTemplate(text)) {
      return text;
    }
    violations.checkBody(field, text);
    violations.checkCharacters(field, text, LONGEST_TEMPLATE);
    return "";
  }

  private static void check(SmsContent sms, ContentLimits limits, Violations violations) {
    violations.checkBody("sms.text", sms.text());
    int parts = SmsSegmentation.of(sms.text()).parts();
    if (parts > limits.smsMaxParts()) {
      violations.add(
          "sms.text",
          "must not need more than " + limits.smsMaxParts() + " parts, and needs " + parts);
    }
    checkSmsSender(sms.sender(), violations);
  }

  private static void checkSmsSender(String sender, Violations violations) {
    if (!isPrintableAscii(sender)) {
      violations.add("sms.sender", "must be of printable ASCII characters");
    } else if (isOfBlanks(sender)) {
      violations.add("sms.sender", OF_BLANKS);
    } else if (sender.length()
        > (isNumber(sender) ? LONGEST_NUMERIC_SENDER : LONGEST_NAMED_SENDER)) {
      violations.add("sms.sender", "must be at most 20 digits, or a name of at most 11 characters");
    }
  }

  private static void check(WhatsAppContent message, ContentLimits limits, Violations violations) {
    violations.checkBody("whatsapp.text", message.text());
    violations.checkCharacters("whatsapp.text", message.text(), limits.whatsAppMaxCharacters());
    WhatsAppTemplate template = message.template();
    if (template != null) {
      if (!message.text().isEmpty()) {
        violations.add("whatsapp.text", "must be empty where a template is given");
      }
      check(template, limits, violations);
    }
    if (isOfBlanks(message.sender())) {
      violations.add("whatsapp.sender", OF_BLANKS);
    }
    violations.checkLine("whatsapp.sender", message.sender());
    violations.checkCharacters("whatsapp.sender", message.sender(), LONGEST_WHATSAPP_SENDER);
  }

  private static void check(
      WhatsAppTemplate template, ContentLimits limits, Violations violations) {
    if (!isTemplateName(template.name())) {
      violations.add(
          "whatsapp.template.name", "must be 1 to 512 lower-case letters, digits and underscores");
    }
    if (!isLanguage(template.language())) {
      violations.add("whatsapp.template.language", "must be a language code such as en or pt_BR");
    }
    for (int i = 0; i < template.parameters().size(); i++) {
      String field = "whatsapp.template.parameters[" + i + "]";
      violations.checkBody(field, template.parameters().get(i));
      violations.checkCharacters(
          field, template.parameters().get(i), limits.whatsAppMaxCharacters());
    }
  }

  /// Nothing at all stands for the carrier's own.
  private static boolean isOfBlanks(String sender) {
    return !sender.isEmpty() && sender.isBlank();
  }

  private static boolean isPrintableAscii(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private static boolean isNumber(String text) {
    return text.chars().skip(text.startsWith("+") ? 1 : 0).allMatch(ContentRules::isDigit);
  }

  private static boolean isTemplateName(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST_TEMPLATE_NAME
        && name.chars().allMatch(c -> isLowerCase(c) || isDigit(c) || c == '_');
  }

  private static boolean isLanguage(String language) {
    return !language.isEmpty()
        && language.length() <= LONGEST_LANGUAGE
        && language
            .chars()
            .allMatch(c -> isLowerCase(c | 0x20) || isDigit(c) || c == '_' || c == '-');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLowerCase(int c) {
    return c >= 'a' && c <= 'z';
  }
}
