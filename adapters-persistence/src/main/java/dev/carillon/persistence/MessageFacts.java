package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.ATTEMPT;
import static dev.carillon.persistence.schema.Tables.CARRIER;
import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static dev.carillon.persistence.schema.Tables.MESSAGE;
import static dev.carillon.persistence.schema.Tables.RECEIPT;
import static org.jooq.impl.DSL.case_;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.when;

import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.StatusByte;
import org.jooq.CaseConditionStep;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/// What is stored about the message of a row: its byte in its chunk, its last attempt, its last
/// receipt.
final class MessageFacts {
  private static final Field<Integer> BYTE =
      field(
          "get_byte({0}, {1} - {2})",
          SQLDataType.INTEGER, CHUNK.STATUSES, MESSAGE.POSITION, CHUNK.FIRST_POSITION);
  static final Table<?> LAST_ATTEMPT =
      lateral(
              select(
                      ATTEMPT.CARRIER,
                      ATTEMPT.CARRIER_MESSAGE_ID,
                      ATTEMPT.REASON,
                      ATTEMPT.DETAIL,
                      ATTEMPT.CHOICE,
                      ATTEMPT.AT)
                  .from(ATTEMPT)
                  .where(ATTEMPT.JOB_ID.eq(MESSAGE.JOB_ID))
                  .and(ATTEMPT.POSITION.eq(MESSAGE.POSITION))
                  .orderBy(ATTEMPT.ATTEMPT_NO.desc(), ATTEMPT.AT.desc(), ATTEMPT.OUTCOME)
                  .limit(1))
          .as("last_attempt");
  static final Table<?> TAKEN =
      lateral(
              select(ATTEMPT.AT, ATTEMPT.CARRIER_MESSAGE_ID)
                  .from(ATTEMPT)
                  .where(ATTEMPT.JOB_ID.eq(MESSAGE.JOB_ID))
                  .and(ATTEMPT.POSITION.eq(MESSAGE.POSITION))
                  .and(ATTEMPT.OUTCOME.eq((short) OutcomeKind.ACCEPTED.code()))
                  .orderBy(ATTEMPT.ATTEMPT_NO.desc())
                  .limit(1))
          .as("taken");
  static final Table<?> LAST_RECEIPT =
      lateral(
              select(
                      RECEIPT.CARRIER,
                      RECEIPT.CARRIER_MESSAGE_ID,
                      RECEIPT.REASON,
                      RECEIPT.DETAIL,
                      RECEIPT.STORED_AT)
                  .from(RECEIPT)
                  .where(RECEIPT.JOB_ID.eq(MESSAGE.JOB_ID))
                  .and(RECEIPT.POSITION.eq(MESSAGE.POSITION))
                  .orderBy(RECEIPT.KIND.desc(), RECEIPT.STORED_AT.desc())
                  .limit(1))
          .as("last_receipt");

  private static final Field<Short> ATTEMPT_REASON = column(LAST_ATTEMPT, ATTEMPT.REASON);
  private static final Field<Short> RECEIPT_REASON = column(LAST_RECEIPT, RECEIPT.REASON);

  private MessageFacts() {}

  /// Who it was marked for, as far as no attempt tells who was given it.
  static Field<String> markedFor() {
    Field<Integer> number =
        field(
            "get_byte({0}, {1} - {2})",
            SQLDataType.INTEGER, CHUNK.ROUTES, MESSAGE.POSITION, CHUNK.FIRST_POSITION);
    Field<String> another =
        field(
            select(CARRIER.ID)
                .from(CARRIER)
                .where(CARRIER.NUMBER.cast(SQLDataType.INTEGER).eq(number)));
    return when(column(LAST_ATTEMPT, ATTEMPT.CARRIER).isNull(), coalesce(another, JOB.PROVIDER))
        .else_((String) null);
  }

  /// How often it was handed over.
  static Field<Integer> attempts() {
    return field("({0} >> {1})", SQLDataType.INTEGER, BYTE, inline(StatusByte.ATTEMPT_SHIFT));
  }

  /// Whether it was handed over once more while an earlier hand-over stayed in doubt, and was not
  /// surely refused then.
  static Condition mayHaveGoneTwice() {
    Condition resent =
        exists(
            selectOne()
                .from(ATTEMPT)
                .where(ATTEMPT.JOB_ID.eq(MESSAGE.JOB_ID))
                .and(ATTEMPT.POSITION.eq(MESSAGE.POSITION))
                .and(ATTEMPT.RESENT)
                .and(
                    ATTEMPT.OUTCOME.in(
                        inline((short) OutcomeKind.ACCEPTED.code()),
                        inline((short) OutcomeKind.UNCONFIRMED.code()))));
    return or(
        state()
            .in(inline(MessageState.RESENDING.code()), inline(MessageState.UNKNOWN_RESENT.code())),
        resent);
  }

  /// The code of its state.
  static Field<Integer> state() {
    return field("({0} & {1})", SQLDataType.INTEGER, BYTE, inline(StatusByte.STATE_MASK));
  }

  /// What was said at acceptance, else the state's own reason, else that of the last receipt or
  /// attempt.
  static Field<Short> reason() {
    CaseConditionStep<Short> reason =
        case_()
            .when(MESSAGE.REJECTED.isNotNull(), MESSAGE.REJECTED)
            .when(state().eq(inline(MessageState.UNDELIVERED.code())), RECEIPT_REASON)
            .when(
                state()
                    .in(
                        inline(MessageState.FAILED.code()),
                        inline(MessageState.QUEUED.code()),
                        inline(MessageState.IN_FLIGHT.code())),
                ATTEMPT_REASON);
    for (MessageState state : MessageState.values()) {
      Reason own = state.reason();
      if (own != null) {
        reason = reason.when(state().eq(inline(state.code())), inline((short) own.code()));
      }
    }
    return reason.else_((Short) null);
  }

  static <T> Field<T> column(Table<?> table, Field<T> column) {
    return field(name(table.getName(), column.getName()), column.getDataType());
  }
}
