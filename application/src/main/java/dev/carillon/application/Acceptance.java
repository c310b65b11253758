package dev.carillon.application;

import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.PreparedMessage;
import dev.carillon.application.port.Suppressions;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.ContentLimits;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.SmsSegmentation;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.recipient.EmailAddress;
import dev.carillon.domain.recipient.PhoneNumber;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges the entries of a submission: normalises addresses, counts parts, and says of each entry
/// that cannot be sent why not.
final class Acceptance {
  private static final int LONGEST_ADDRESS = 320;
  private static final int LONGEST_CLIENT_REF = 128;

  /// PostgreSQL keeps no NUL in a text.
  private static final char NUL = '\0';

  private static final char REPLACEMENT = '\uFFFD';

  private final Numbering numbering;
  private final Suppressions suppressions;
  private final ContentLimits limits;

  Acceptance(Numbering numbering, Suppressions suppressions, ContentLimits limits) {
    this.numbering = numbering;
    this.suppressions = suppressions;
    this.limits = limits;
  }

  /// The entries, judged, in their order.
  List<PreparedMessage> judge(
      Scope scope,
      Content content,
      String region,
      DuplicatePolicy duplicates,
      List<CreateBulkJob.Entry> entries) {
    Judge judge = new Judge(content, region, duplicates);
    List<PreparedMessage> judged = new ArrayList<>(entries.size());
    for (CreateBulkJob.Entry entry : entries) {
      judged.add(judge.judge(entry));
    }
    return withoutSuppressed(scope, content.channel(), judged);
  }

  private List<PreparedMessage> withoutSuppressed(
      Scope scope, Channel channel, List<PreparedMessage> judged) {
    List<String> addresses = new ArrayList<>(judged.size());
    for (PreparedMessage message : judged) {
      if (message.rejected() == null) {
        addresses.add(message.address());
      }
    }
    Set<String> suppressed = suppressions.among(scope, channel, addresses);
    if (!suppressed.isEmpty()) {
      judged.replaceAll(message ->
          message.rejected() == null && suppressed.contains(message.address())
              ? rejected(message.address(), message.clientRef(), Reason.SUPPRESSED)
              : message);
    }
    return judged;
  }

  /// Nothing of its own is kept of what is never sent: it was not judged, and may not be storable.
  private static PreparedMessage rejected(String address, String clientRef, Reason reason) {
    return new PreparedMessage(
        address.replace(NUL, REPLACEMENT), PersonalContent.EMPTY, clientRef, "", 0, reason);
  }

  /// Judges one entry after the other of one submission.
  private final class Judge {
    private final Content common;
    private final String region;
    private final DuplicatePolicy duplicates;
    private final Verdict commonVerdict;
    private final Set<Object> seen = new HashSet<>();

    Judge(Content common, String region, DuplicatePolicy duplicates) {
      this.common = common;
      this.region = region;
      this.duplicates = duplicates;
      this.commonVerdict = verdict(common);
    }

    PreparedMessage judge(CreateBulkJob.Entry entry) {
      PersonalContent own = entry.own();
      String given =
          entry.to().length() > LONGEST_ADDRESS
              ? entry.to().substring(0, LONGEST_ADDRESS)
              : entry.to();
      if (isUnfit(entry.clientRef())) {
        return rejected(given, "", Reason.INVALID_CLIENT_REF);
      }
      if (given.isEmpty()) {
        return rejected(given, entry.clientRef(), Reason.NO_ADDRESS);
      }
      if (entry.to().length() > LONGEST_ADDRESS) {
        return rejected(given, entry.clientRef(), Reason.INVALID_DESTINATION);
      }
      return common.channel() == Channel.EMAIL ? email(entry, own) : phone(entry, own);
    }

    private static boolean isUnfit(String clientRef) {
      return clientRef.length() > LONGEST_CLIENT_REF || clientRef.indexOf(NUL) >= 0;
    }

    private PreparedMessage phone(CreateBulkJob.Entry entry, PersonalContent own) {
      Optional<PhoneNumber> number = numbering.parse(entry.to(), region);
      return number.isEmpty()
          ? rejected(entry.to(), entry.clientRef(), Reason.INVALID_DESTINATION)
          : addressed(number.get().value(), numbering.network(number.get()), entry, own);
    }

    private PreparedMessage email(CreateBulkJob.Entry entry, PersonalContent own) {
      Optional<EmailAddress> mailbox = EmailAddress.parse(entry.to());
      return mailbox.isEmpty()
          ? rejected(entry.to(), entry.clientRef(), Reason.INVALID_DESTINATION)
          : addressed(mailbox.get().value(), "", entry, own);
    }

    private PreparedMessage addressed(
        String address, String network, CreateBulkJob.Entry entry, PersonalContent own) {
      Verdict verdict = own.isEmpty() ? commonVerdict : verdict(common.with(own));
      Reason reason = verdict.reason();
      if (reason == null && isDuplicate(address, own)) {
        reason = Reason.DUPLICATE;
      }
      return reason == null
          ? new PreparedMessage(address, own, entry.clientRef(), network, verdict.parts(), null)
          : rejected(address, entry.clientRef(), reason);
    }

    private boolean isDuplicate(String address, PersonalContent own) {
      return switch (duplicates) {
        case KEEP -> false;
        case BY_ADDRESS -> !seen.add(address);
        case BY_CONTENT -> !seen.add(own.isEmpty() ? address : said(address, common.with(own)));
      };
    }

    /// Words of one's own that say the same as the common ones are no difference.
    private Object said(String address, Content content) {
      return content.equals(common) ? address : new Said(address, content);
    }

    private Verdict verdict(Content content) {
      if (content.isBlank()) {
        return new Verdict(Reason.EMPTY_CONTENT, 0);
      }
      return switch (content) {
        case SmsContent sms -> sms(sms);
        case WhatsAppContent whatsApp when isTooLong(whatsApp.text()) ->
            new Verdict(Reason.CONTENT_TOO_LONG, 0);
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
      return sms.text().indexOf(NUL) < 0
          ? new Verdict(null, parts)
          : new Verdict(Reason.INVALID_CONTENT, 0);
    }

    private boolean isTooLong(String text) {
      return text.length() > limits.whatsAppMaxCharacters()
          && text.codePointCount(0, text.length()) > limits.whatsAppMaxCharacters();
    }
  }

  /// What the content of an entry means for it.
  private record Verdict(@Nullable Reason reason, int parts) {}

  /// What was said to whom.
  private record Said(String address, Content content) {
    @Override
    public String toString() {
      return "Said";
    }
  }
}
