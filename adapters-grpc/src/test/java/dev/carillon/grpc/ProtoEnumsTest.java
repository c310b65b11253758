package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.billing.Account;
import dev.carillon.domain.billing.EntryKind;
import dev.carillon.domain.billing.PriceUnit;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.MisfirePolicy;
import dev.carillon.domain.job.PauseReason;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.domain.recipient.SuppressionCause;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.LedgerAccount;
import dev.carillon.v1.LedgerEntryKind;
import java.time.DayOfWeek;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ProtoEnumsTest {
  @Test
  void pairsEveryConstantOfBothSides() {
    assertPaired(ProtoEnums.CHANNEL, Channel.class, dev.carillon.v1.Channel.class);
    assertPaired(ProtoEnums.ENVIRONMENT, Environment.class, dev.carillon.v1.Environment.class);
    assertPaired(ProtoEnums.JOB_STATUS, JobStatus.class, BulkJobStatus.class);
    assertPaired(
        ProtoEnums.MESSAGE_STATUS, MessageStatus.class, dev.carillon.v1.MessageStatus.class);
    assertPaired(ProtoEnums.PRIORITY, Priority.class, dev.carillon.v1.Priority.class);
    assertPaired(
        ProtoEnums.DUPLICATE_POLICY, DuplicatePolicy.class, dev.carillon.v1.DuplicatePolicy.class);
    assertPaired(
        ProtoEnums.MISFIRE_POLICY, MisfirePolicy.class, dev.carillon.v1.MisfirePolicy.class);
    assertPaired(
        ProtoEnums.UNKNOWN_POLICY, UnknownPolicy.class, dev.carillon.v1.UnknownPolicy.class);
    assertPaired(ProtoEnums.PAUSE_REASON, PauseReason.class, dev.carillon.v1.PauseReason.class);
    assertPaired(
        ProtoEnums.SUPPRESSION_CAUSE,
        SuppressionCause.class,
        dev.carillon.v1.SuppressionCause.class);
    assertPaired(ProtoEnums.PRICE_UNIT, PriceUnit.class, dev.carillon.v1.PriceUnit.class);
    assertPaired(ProtoEnums.ENTRY_KIND, EntryKind.class, LedgerEntryKind.class);
    assertPaired(ProtoEnums.ACCOUNT, Account.class, LedgerAccount.class);
    assertPaired(ProtoEnums.DAY_OF_WEEK, DayOfWeek.class, com.google.type.DayOfWeek.class);
  }

  private static <D extends Enum<D>, P extends Enum<P>> void assertPaired(
      EnumTwins<D, P> twins, Class<D> domain, Class<P> proto) {
    assertThat(domain.getEnumConstants())
        .allSatisfy(
            constant -> assertThat(twins.toDomain(twins.toProto(constant))).contains(constant));
    assertThat(Arrays.stream(proto.getEnumConstants()).filter(c -> twins.toDomain(c).isEmpty()))
        .extracting(Enum::name)
        .allMatch(name -> name.endsWith("_UNSPECIFIED") || name.equals("UNRECOGNIZED"))
        .hasSize(2);
  }
}
