package dev.carillon.application;

import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.PreparedMessage;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.content.Variables;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.recipient.EmailAddress;
import dev.carillon.domain.recipient.PhoneNumber;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Judges the entries of one submission, page by page: normalises addresses, counts parts, and says
/// of each entry that cannot be sent why not.
final class Judge {
  private static final int LONGEST_ADDRESS = 320;
  private static final int LONGEST_CLIENT_REF = 128;

  /// PostgreSQL keeps no NUL in a text.
  private static final char NUL = '\0';

  private static final char REPLACEMENT = '\uFFFD';

  private final Numbering numbering;
  private final ContentJudge contents;
  private final Wording wording;
  private final String region;
  private final DuplicatePolicy duplicates;
  private final Seen seen;
  private final List<Exclusion> exclusions;
  private final Rendering common;
  private final ContentJudge.Verdict commonVerdict;

  /// @param exclusions who is left out although all else is right, in the order of their reasons
  Judge(
      Numbering numbering,
      ContentJudge contents,
      Wording wording,
      String region,
      DuplicatePolicy duplicates,
      Seen seen,
      List<Exclusion> exclusions) {
    this.numbering = numbering;
    this.contents = contents;
    this.wording = wording;
    this.region = region;
    this.duplicates = duplicates;
    this.seen = seen;
    this.exclusions = List.copyOf(exclusions);
    this.common = wording.render(PersonalContent.EMPTY);
    this.commonVerdict = contents.verdict(common);
  }

  /// The next entries, judged, in their order.
  List<PreparedMessage> judge(List<CreateBulkJob.Entry> entries) {
    return compare(read(entries));
  }

  /// The next entries, judged one by one as far as each can be alone. Asks nobody.
  Read read(List<CreateBulkJob.Entry> entries) {
    List<PreparedMessage> judged = new ArrayList<>(entries.size());
    Said said = new Said(entries.size());
    for (CreateBulkJob.Entry entry : entries) {
      judged.add(judge(entry, said).of(entry.recipient()));
    }
    return new Read(judged, said);
  }

  /// The same, compared with what came before and with the lists of those who are left out.
  List<PreparedMessage> compare(Read read) {
    List<PreparedMessage> judged = new ArrayList<>(read.messages());
    leaveOutDuplicates(judged, read.said());
    for (Exclusion exclusion : exclusions) {
      exclusion.leaveOut(judged);
    }
    return judged;
  }

  /// Nothing of its own is kept of what is never sent: it was not judged, and may not be storable.
  static PreparedMessage rejected(String address, String clientRef, Reason reason) {
    return rejected(address, clientRef, reason, "");
  }

  /// The same of a message that could have been sent.
  static PreparedMessage leftOut(PreparedMessage message, Reason reason) {
    return rejected(message.address(), message.clientRef(), reason).of(message.recipient());
  }

  private static PreparedMessage rejected(
      String address, String clientRef, Reason reason, String detail) {
    return new PreparedMessage(
        address.replace(NUL, REPLACEMENT),
        PersonalContent.EMPTY,
        clientRef,
        "",
        0,
        reason,
        detail,
        null);
  }

  private PreparedMessage judge(CreateBulkJob.Entry entry, Said said) {
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
    return wording.channel() == Channel.EMAIL ? email(entry, said) : phone(entry, said);
  }

  private static boolean isUnfit(String clientRef) {
    return clientRef.length() > LONGEST_CLIENT_REF || clientRef.indexOf(NUL) >= 0;
  }

  private PreparedMessage phone(CreateBulkJob.Entry entry, Said said) {
    Optional<PhoneNumber> number = numbering.parse(entry.to(), region);
    return number.isEmpty()
        ? rejected(entry.to(), entry.clientRef(), Reason.INVALID_DESTINATION)
        : addressed(number.get().value(), numbering.network(number.get()), entry, said);
  }

  private PreparedMessage email(CreateBulkJob.Entry entry, Said said) {
    Optional<EmailAddress> mailbox = EmailAddress.parse(entry.to());
    return mailbox.isEmpty()
        ? rejected(entry.to(), entry.clientRef(), Reason.INVALID_DESTINATION)
        : addressed(mailbox.get().value(), "", entry, said);
  }

  private PreparedMessage addressed(
      String address, String network, CreateBulkJob.Entry entry, Said said) {
    PersonalContent own = entry.own();
    if (!Variables.areFit(own.variables())) {
      return rejected(address, entry.clientRef(), Reason.INVALID_CONTENT, "variables");
    }
    Rendering rendering = own.isEmpty() ? common : wording.render(own);
    ContentJudge.Verdict verdict = own.isEmpty() ? commonVerdict : contents.verdict(rendering);
    Reason reason = verdict.reason();
    if (reason != null) {
      return rejected(address, entry.clientRef(), reason, verdict.detail());
    }
    said.note(address, rendering);
    return new PreparedMessage(
        address, wording.stored(own), entry.clientRef(), network, verdict.parts(), null);
  }

  private void leaveOutDuplicates(List<PreparedMessage> judged, Said said) {
    if (duplicates == DuplicatePolicy.KEEP) {
      return;
    }
    BitSet repeated = seen.note(said.keys);
    int next = 0;
    for (int place = 0; place < judged.size(); place++) {
      PreparedMessage message = judged.get(place);
      if (message.rejected() == null && repeated.get(next++)) {
        judged.set(place, leftOut(message, Reason.DUPLICATE));
      }
    }
  }

  /// What has been said to whom on a page, by keys alone: what mails say may be long.
  private final class Said {
    private final List<Seen.Key> keys;

    Said(int size) {
      keys = new ArrayList<>(duplicates == DuplicatePolicy.KEEP ? 0 : size);
    }

    /// Words of one's own that come to the same as the common ones are no difference.
    void note(String address, Rendering rendering) {
      if (duplicates != DuplicatePolicy.KEEP) {
        boolean same = duplicates == DuplicatePolicy.BY_ADDRESS || rendering.equals(common);
        keys.add(Fingerprint.key(address, same ? null : content(rendering)));
      }
    }

    private static @Nullable Content content(Rendering rendering) {
      return rendering instanceof Rendering.Complete(Content content) ? content : null;
    }
  }

  /// Entries that were judged one by one, and what would be said.
  record Read(List<PreparedMessage> messages, Said said) {
    @Override
    public String toString() {
      return "Judge.Read[" + messages.size() + " entries]";
    }
  }

  /// Leaves out some of those that could be sent.
  interface Exclusion {
    /// Replaces accepted messages of the page by rejected ones.
    void leaveOut(List<PreparedMessage> judged);
  }
}
