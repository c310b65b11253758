package dev.carillon.domain.content;

/// An SMS. `sender` is the number, short code or name shown as its origin, `""` for the carrier's
/// own.
public record SmsContent(String text, String sender) implements Content {

  @Override
  public Channel channel() {
    return Channel.SMS;
  }

  @Override
  public SmsContent with(PersonalContent own) {
    String ownText = own.text();
    return ownText == null ? this : new SmsContent(ownText, sender);
  }

  @Override
  public boolean isBlank() {
    return text.isBlank();
  }

  @Override
  public String toString() {
    return "SmsContent[text of " + text.length() + "]";
  }
}
