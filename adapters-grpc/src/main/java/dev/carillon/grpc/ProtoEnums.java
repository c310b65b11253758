package dev.carillon.grpc;

import dev.carillon.domain.billing.Account;
import dev.carillon.domain.billing.EntryKind;
import dev.carillon.domain.billing.PriceUnit;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.ContentSyntax;
import dev.carillon.domain.content.SmsEncoding;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.MisfirePolicy;
import dev.carillon.domain.job.PauseReason;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.job.WaitReason;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.domain.recipient.RecipientMatch;
import dev.carillon.domain.recipient.SuppressionCause;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.LedgerAccount;
import dev.carillon.v1.LedgerEntryKind;
import dev.carillon.v1.UserType;
import java.time.DayOfWeek;

/// The enums of the API and their twins in the domain.
final class ProtoEnums {
  static final EnumTwins<Channel, dev.carillon.v1.Channel> CHANNEL =
      EnumTwins.of(Channel.class, dev.carillon.v1.Channel.class, "CHANNEL_");

  static final EnumTwins<Environment, dev.carillon.v1.Environment> ENVIRONMENT =
      EnumTwins.of(Environment.class, dev.carillon.v1.Environment.class, "ENVIRONMENT_");

  static final EnumTwins<JobStatus, BulkJobStatus> JOB_STATUS =
      EnumTwins.of(JobStatus.class, BulkJobStatus.class, "BULK_JOB_STATUS_");

  static final EnumTwins<MessageStatus, dev.carillon.v1.MessageStatus> MESSAGE_STATUS =
      EnumTwins.of(MessageStatus.class, dev.carillon.v1.MessageStatus.class, "MESSAGE_STATUS_");

  static final EnumTwins<Priority, dev.carillon.v1.Priority> PRIORITY =
      EnumTwins.of(Priority.class, dev.carillon.v1.Priority.class, "PRIORITY_");

  static final EnumTwins<DuplicatePolicy, dev.carillon.v1.DuplicatePolicy> DUPLICATE_POLICY =
      EnumTwins.of(
          DuplicatePolicy.class, dev.carillon.v1.DuplicatePolicy.class, "DUPLICATE_POLICY_");

  static final EnumTwins<MisfirePolicy, dev.carillon.v1.MisfirePolicy> MISFIRE_POLICY =
      EnumTwins.of(MisfirePolicy.class, dev.carillon.v1.MisfirePolicy.class, "MISFIRE_POLICY_");

  static final EnumTwins<UnknownPolicy, dev.carillon.v1.UnknownPolicy> UNKNOWN_POLICY =
      EnumTwins.of(UnknownPolicy.class, dev.carillon.v1.UnknownPolicy.class, "UNKNOWN_POLICY_");

  static final EnumTwins<PauseReason, dev.carillon.v1.PauseReason> PAUSE_REASON =
      EnumTwins.of(PauseReason.class, dev.carillon.v1.PauseReason.class, "PAUSE_REASON_");

  static final EnumTwins<WaitReason, dev.carillon.v1.WaitReason> WAIT_REASON =
      EnumTwins.of(WaitReason.class, dev.carillon.v1.WaitReason.class, "WAIT_REASON_");

  static final EnumTwins<ContentSyntax, dev.carillon.v1.ContentSyntax> CONTENT_SYNTAX =
      EnumTwins.of(ContentSyntax.class, dev.carillon.v1.ContentSyntax.class, "CONTENT_SYNTAX_");

  static final EnumTwins<SmsEncoding, dev.carillon.v1.SmsEncoding> SMS_ENCODING =
      EnumTwins.of(SmsEncoding.class, dev.carillon.v1.SmsEncoding.class, "SMS_ENCODING_");

  static final EnumTwins<RecipientMatch, dev.carillon.v1.RecipientMatch> RECIPIENT_MATCH =
      EnumTwins.of(RecipientMatch.class, dev.carillon.v1.RecipientMatch.class, "RECIPIENT_MATCH_");

  static final EnumTwins<SuppressionCause, dev.carillon.v1.SuppressionCause> SUPPRESSION_CAUSE =
      EnumTwins.of(
          SuppressionCause.class, dev.carillon.v1.SuppressionCause.class, "SUPPRESSION_CAUSE_");

  static final EnumTwins<PriceUnit, dev.carillon.v1.PriceUnit> PRICE_UNIT =
      EnumTwins.of(PriceUnit.class, dev.carillon.v1.PriceUnit.class, "PRICE_UNIT_");

  static final EnumTwins<EntryKind, LedgerEntryKind> ENTRY_KIND =
      EnumTwins.of(EntryKind.class, LedgerEntryKind.class, "LEDGER_ENTRY_KIND_");

  static final EnumTwins<Account, LedgerAccount> ACCOUNT =
      EnumTwins.of(Account.class, LedgerAccount.class, "LEDGER_ACCOUNT_");

  static final EnumTwins<DayOfWeek, com.google.type.DayOfWeek> DAY_OF_WEEK =
      EnumTwins.of(DayOfWeek.class, com.google.type.DayOfWeek.class, "");

  static final EnumTwins<Role, UserType> USER_TYPE =
      EnumTwins.of(Role.class, UserType.class, "USER_TYPE_");

  static final EnumTwins<Permission, dev.carillon.v1.Permission> PERMISSION =
      EnumTwins.of(Permission.class, dev.carillon.v1.Permission.class, "PERMISSION_");

  private ProtoEnums() {}
}
