package dev.carillon.domain.content;

import org.jspecify.annotations.Nullable;

/// A WhatsApp message: free text, or a template with its parameters. `sender` names the business
/// number it leaves from, `""` for the carrier's own.
public record WhatsAppContent(String text, @Nullable WhatsAppTemplate template, String sender)
    implements Content {

  @Override
  public Channel channel() {
    return Channel.WHATSAPP;
  }

  @Override
  public WhatsAppContent with(PersonalContent own) {
    String ownText = own.text();
    return new WhatsAppContent(ownText == null ? text : ownText, templateWith(own), sender);
  }

  private @Nullable WhatsAppTemplate templateWith(PersonalContent own) {
    return template == null || own.parameters().isEmpty()
        ? template
        : template.withParameters(own.parameters());
  }

  @Override
  public boolean isBlank() {
    return template == null && text.isBlank();
  }

  @Override
  public String toString() {
    return template == null
        ? "WhatsAppContent[text of " + text.length() + "]"
        : "WhatsAppContent[" + template + "]";
  }
}
