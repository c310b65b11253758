package dev.carillon.domain.content;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A mail. `from` and `replyTo` are `""` where the carrier's own apply; `html` and `text` are two
/// forms of the same body, one of which may be `""`; `headers` keep their order.
public record EmailContent(
    String from,
    String replyTo,
    String subject,
    String html,
    String text,
    Map<String, String> headers)
    implements Content {

  public EmailContent {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  @Override
  public String sender() {
    return from;
  }

  @Override
  public Channel channel() {
    return Channel.EMAIL;
  }

  @Override
  public EmailContent with(PersonalContent own) {
    String ownSubject = own.subject();
    String ownHtml = own.html();
    String ownText = own.text();
    return new EmailContent(
        from,
        replyTo,
        ownSubject == null ? subject : ownSubject,
        ownHtml == null ? html : ownHtml,
        ownText == null ? text : ownText,
        headers);
  }

  /// Whether there is nothing in its subject.
  public boolean lacksSubject() {
    return subject.isBlank();
  }

  @Override
  public boolean isBlank() {
    return html.isBlank() && text.isBlank();
  }

  @Override
  public String toString() {
    return "EmailContent[html of %d, text of %d, %d headers]"
        .formatted(html.length(), text.length(), headers.size());
  }
}
