package dev.carillon.domain.content;

import java.util.List;

/// What a job sends, by channel. Immutable; it may be blank while each entry brings its own.
public sealed interface Content permits SmsContent, WhatsAppContent, EmailContent {

  /// The channel that this content is made for.
  Channel channel();

  /// Who it comes from, as recipients see it; empty for the carrier's choice.
  String sender();

  /// The content as one recipient gets it: what the entry brings replaces the common part, and what
  /// the channel has no place for is ignored.
  Content with(PersonalContent own);

  /// Whether there is nothing in it to send. Only the content as a recipient gets it need not be
  /// blank.
  boolean isBlank();

  /// Everything that is wrong with the content, in the order of its fields; empty if it may be
  /// sent. Linear in the size of the content, and the descriptions repeat nothing of it.
  static List<ContentViolation> violations(Content content, ContentLimits limits) {
    return ContentRules.violations(content, limits);
  }

  /// The same of content that may be a template. What a template says is known only when it is
  /// filled; until then it may be as long as 65,536 characters, a mail's as long as a mail may be.
  static List<ContentViolation> violations(
      Content content, ContentSyntax syntax, ContentLimits limits) {
    return ContentRules.violations(content, syntax, limits);
  }
}
