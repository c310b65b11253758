package dev.carillon.application;

import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.ContentLimits;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.SmsSegmentation;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.delivery.Reason;
import org.jspecify.annotations.Nullable;

/// Judges content as one recipient gets it.
///
/// @param limits of what is said
public record ContentJudge(ContentLimits limits) {

  /// What a rendering means for its recipient.
  public Verdict verdict(Rendering rendering) {
    return switch (rendering) {
      case Rendering.Complete(Content content) -> verdict(content);
      case Rendering.Missing(String variable) -> new Verdict(Reason.MISSING_VARIABLE, variable, 0);
      case Rendering.TooLong() -> new Verdict(Reason.CONTENT_TOO_LONG, 0);
    };
  }

  private Verdict verdict(Content content) {
    if (content.isBlank()) {
      return new Verdict(Reason.EMPTY_CONTENT, 0);
    }
    return switch (content) {
      case SmsContent sms -> sms(sms);
      case WhatsAppContent whatsApp when isTooLong(whatsApp.text()) ->
          new Verdict(Reason.CONTENT_TOO_LONG, 0);
      // RFC 5322, 3.6 can do without; people and spam filters cannot.
      case EmailContent email when email.lacksSubject() ->
          new Verdict(Reason.INVALID_CONTENT, "an email needs a subject", 0);
      default ->
          Content.violations(content, limits).isEmpty()
              ? new Verdict(null, 1)
              : new Verdict(Reason.INVALID_CONTENT, 0);
    };
  }

  private Verdict sms(SmsContent sms) {
    int parts = SmsSegmentation.of(sms.text()).parts();
    if (parts > limits.smsMaxParts()) {
      return new Verdict(Reason.CONTENT_TOO_LONG, 0);
    }
    return sms.text().indexOf('\0') < 0
        ? new Verdict(null, parts)
        : new Verdict(Reason.INVALID_CONTENT, 0);
  }

  private boolean isTooLong(String text) {
    return text.length() > limits.whatsAppMaxCharacters()
        && text.codePointCount(0, text.length()) > limits.whatsAppMaxCharacters();
  }

  /// What the content of an entry means for it.
  ///
  /// @param reason why it cannot be sent; null when it can
  /// @param detail what it lacks, such as the name of a variable; may be empty
  /// @param parts billed parts; 0 when it cannot be sent
  public record Verdict(@Nullable Reason reason, String detail, int parts) {
    private Verdict(@Nullable Reason reason, int parts) {
      this(reason, "", parts);
    }
  }
}
