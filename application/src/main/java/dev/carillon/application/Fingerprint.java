package dev.carillon.application;

import dev.carillon.application.port.Audiences;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.ContentSyntax;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.job.FrequencyCap;
import dev.carillon.domain.job.SendWindow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The SHA-256 hash of a normalised command: equal exactly when the same is asked for. Every part
/// is written with its length, so that no two commands run together.
final class Fingerprint {
  private static final int ABSENT = -1;

  /// No length: what follows says how something is filled.
  private static final int FILLED = -2;

  /// What a caller means who does not say how the content is written.
  private static final Composition USUAL = new Composition(ContentSyntax.MUSTACHE, Map.of());

  private final MessageDigest digest = sha256();
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

  /// The fingerprint of all that a submission says.
  static Fingerprint of(CreateBulkJob.Command command) {
    return new Fingerprint()
        .text(command.name())
        .requested(command.content())
        .number(command.declaredCount().orElse(ABSENT))
        .text(command.defaultRegion())
        .text(command.priority().name())
        .text(command.duplicates().name())
        .texts(command.labels())
        .audience(command.audience())
        .later(command);
  }

  /// What a submission could not say at first is left out where it says nothing: then the
  /// fingerprint is that of versions that had none.
  private Fingerprint later(CreateBulkJob.Command command) {
    if (!command.excludedGroup().isEmpty()) {
      text(command.excludedGroup());
    }
    FrequencyCap cap = command.frequencyCap();
    if (cap != null) {
      number(cap.maxMessages()).number(cap.period().toNanos());
    }
    Money maxCost = command.maxCost();
    if (maxCost != null) {
      text(maxCost.currency()).number(maxCost.micros());
    }
    if (!command.plan().equals(RequestedPlan.NONE)) {
      plan(command.plan());
    }
    return command.told().isEmpty() ? this : text("told").number(command.told().bits());
  }

  Fingerprint text(@Nullable String text) {
    if (text == null) {
      return number(ABSENT);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    digest.update(bytes);
    return this;
  }

  Fingerprint number(long value) {
    digest.update(number.clear().putLong(value).flip());
    return this;
  }

  Fingerprint texts(Map<String, String> texts) {
    number(texts.size());
    new TreeMap<>(texts).forEach((key, value) -> text(key).text(value));
    return this;
  }

  Fingerprint texts(Iterable<String> texts) {
    texts.forEach(this::text);
    return number(ABSENT);
  }

  Fingerprint content(Content content) {
    text(content.channel().name());
    return switch (content) {
      case SmsContent sms -> text(sms.text()).text(sms.sender());
      case WhatsAppContent whatsApp -> whatsApp(whatsApp);
      case EmailContent email ->
          text(email.from())
              .text(email.replyTo())
              .text(email.subject())
              .text(email.html())
              .text(email.text())
              .texts(email.headers());
    };
  }

  Fingerprint requested(RequestedContent requested) {
    return switch (requested) {
      case RequestedContent.Given(Content content, Composition composition)
          when composition.equals(USUAL) ->
          content(content);
      case RequestedContent.Given(Content content, Composition composition) ->
          content(content)
              .number(FILLED)
              .text(composition.syntax().name())
              .texts(composition.defaults());
      case RequestedContent.OfTemplate template ->
          text("TEMPLATE")
              .text(template.template())
              .number(template.version())
              .texts(template.defaults());
    };
  }

  Fingerprint own(PersonalContent own) {
    text(own.text()).text(own.subject()).text(own.html()).texts(own.parameters());
    // Left out where there are none: then the fingerprint is that of versions that had none.
    return own.variables().isEmpty() ? this : number(FILLED).texts(own.variables());
  }

  Fingerprint audience(Audience audience) {
    return switch (audience) {
      case Audience.Listed listed -> {
        number(listed.entries().size());
        for (CreateBulkJob.Entry entry : listed.entries()) {
          text(entry.to()).text(entry.clientRef()).own(entry.own());
        }
        yield this;
      }
      case Audience.Stored stored -> selection(stored.selection());
      case Audience.Uploaded uploaded -> text(uploaded.getClass().getSimpleName());
    };
  }

  private Fingerprint selection(Audiences.Selection selection) {
    text(selection.getClass().getSimpleName());
    return switch (selection) {
      case Audiences.Selection.Ids ids -> {
        number(ids.ids().size());
        ids.ids().forEach(id -> number(id.value()));
        yield this;
      }
      case Audiences.Selection.Group group -> text(group.group());
      case Audiences.Selection.Tags tags -> text(tags.expression().text());
    };
  }

  Fingerprint names(Collection<? extends Enum<?>> constants) {
    return texts(constants.stream().map(Enum::name).sorted().toList());
  }

  Fingerprint time(@Nullable Instant time) {
    return time == null ? number(ABSENT) : number(time.getEpochSecond()).number(time.getNano());
  }

  Fingerprint window(@Nullable SendWindow window) {
    return window == null
        ? number(ABSENT)
        : number(window.from().toNanoOfDay())
            .number(window.to().toNanoOfDay())
            .names(window.days())
            .text(window.fallback().getId());
  }

  Fingerprint plan(RequestedPlan plan) {
    return time(plan.sendTime())
        .time(plan.expireTime())
        .window(plan.window())
        .number(plan.ratePerSecond())
        .text(plan.misfire().name())
        .text(plan.unknown().name())
        .number(plan.failurePercent().orElse(ABSENT));
  }

  /// The key of what is said to an address.
  ///
  /// @param content null when it is what everybody gets
  static Seen.Key key(String address, @Nullable Content content) {
    Fingerprint fingerprint = new Fingerprint().text(address);
    ByteBuffer hash =
        ByteBuffer.wrap((content == null ? fingerprint : fingerprint.content(content)).hash());
    return new Seen.Key(hash.getLong(), hash.getLong());
  }

  byte[] hash() {
    return digest.digest();
  }

  private Fingerprint whatsApp(WhatsAppContent content) {
    text(content.text()).text(content.sender());
    var template = content.template();
    return template == null
        ? number(ABSENT)
        : text(template.name()).text(template.language()).texts(template.parameters());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
