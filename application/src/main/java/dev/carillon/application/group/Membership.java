package dev.carillon.application.group;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.RecipientGroupRepository;
import dev.carillon.application.port.RecipientGroupRepository.Changed;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.GroupId;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientKey;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// What putting members into a group and taking them out have in common: the group is the caller's
/// own and static, the same request id does it once, and who is unknown is told again.
final class Membership {
  /// Most recipients of one call.
  static final int MOST = 10_000;

  private static final String CHANGED = "changed";
  private static final String UNCHANGED = "unchanged";
  private static final String UNKNOWN = "unknown";

  private final Idempotency idempotency;
  private final Groups groups;

  Membership(Idempotency idempotency, RecipientGroupRepository repository) {
    this.idempotency = idempotency;
    this.groups = new Groups(repository);
  }

  /// What came of the change, now or under the same request id before.
  MemberChange once(String method, MemberCommand command, Change change) {
    int given = command.recipients().size();
    if (given < 1 || given > MOST) {
      throw new DomainException(
          new DomainError.InvalidFields(
              List.of(
                  new FieldViolation(
                      "recipient_ids", "must be 1 to 10,000 together with recipient_public_ids"))));
    }
    return idempotency.once(
        request(method, command),
        () -> answer(command, apply(command, change)),
        answer -> shown(command, answer));
  }

  private Changed apply(MemberCommand command, Change change) {
    Caller caller = command.caller();
    GroupId group = groups.holdStatic(caller, command.group()).id();
    return change.apply(caller.scope(), group, new LinkedHashSet<>(command.recipients()));
  }

  /// Unknown recipients are remembered by their places in the request, which a repeat names again:
  /// some hundred bytes instead of ten thousand ids.
  private static Map<String, String> answer(MemberCommand command, Changed changed) {
    BitSet places = new BitSet();
    for (int i = 0; i < command.recipients().size(); i++) {
      places.set(i, changed.unknown().contains(command.recipients().get(i)));
    }
    return Map.of(
        CHANGED,
        Integer.toString(changed.changed()),
        UNCHANGED,
        Integer.toString(changed.unchanged()),
        UNKNOWN,
        Base64.getEncoder().encodeToString(places.toByteArray()));
  }

  private static MemberChange shown(MemberCommand command, Map<String, String> answer) {
    BitSet places = BitSet.valueOf(Base64.getDecoder().decode(answer.getOrDefault(UNKNOWN, "")));
    return new MemberChange(
        Integer.parseInt(answer.getOrDefault(CHANGED, "0")),
        Integer.parseInt(answer.getOrDefault(UNCHANGED, "0")),
        places.stream().mapToObj(command.recipients()::get).toList());
  }

  private static Idempotency.Request request(String method, MemberCommand command) {
    return Idempotency.Request.of(
        command.caller().scope(),
        method,
        command.requestId(),
        Stream.concat(
                Stream.of(Groups.id(command.group()).toString()),
                command.recipients().stream().map(Membership::text))
            .toArray(String[]::new));
  }

  private static String text(RecipientKey key) {
    return switch (key) {
      case RecipientId(long number) -> Long.toString(number);
      case PublicRecipientId(UUID id) -> id.toString();
    };
  }

  /// How the members change.
  interface Change {
    Changed apply(Scope scope, GroupId group, Collection<RecipientKey> recipients);
  }
}
