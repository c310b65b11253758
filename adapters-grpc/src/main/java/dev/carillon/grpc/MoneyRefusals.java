package dev.carillon.grpc;

import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.error.DomainError;
import java.util.List;

/// What callers are told when it is the money that is in the way. Amounts are told in units.
final class MoneyRefusals {
  private static final String NO_CREDIT = "NO_CREDIT";

  private MoneyRefusals() {}

  static Refusal noCredit(DomainError.NoCredit noCredit) {
    return amounts(
            Refusal.of(
                Code.FAILED_PRECONDITION, NO_CREDIT, "the balance does not pay for this job"),
            noCredit.required())
        .fact("balance", units(noCredit.balance()))
        .fact("valid", noCredit.valid())
        .fact("invalid", noCredit.invalid())
        .precondition(NO_CREDIT, "balance", "is lower than what is required");
  }

  static Refusal tooLow(DomainError.BalanceTooLow low) {
    return amounts(
            Refusal.of(
                Code.FAILED_PRECONDITION, NO_CREDIT, "there is not so much to be taken back"),
            low.required())
        .fact("balance", units(low.balance()))
        .precondition(NO_CREDIT, "balance", "is lower than what is to be taken back");
  }

  static Refusal tooDear(DomainError.MaxCostExceeded exceeded) {
    return amounts(
            Refusal.of(
                Code.FAILED_PRECONDITION, "MAX_COST_EXCEEDED", "it costs more than its max_cost"),
            exceeded.required())
        .fact("max_cost", units(exceeded.most()))
        .precondition("MAX_COST_EXCEEDED", "max_cost", "is lower than what is required");
  }

  static Refusal tooMany(DomainError.TooManyPrices tooMany) {
    String most = tooMany.most() + " prices that hold or are going to";
    return Refusal.of(
            Code.RESOURCE_EXHAUSTED, "TOO_MANY_PRICES", "there may be " + most + "; end some")
        .fact("most", tooMany.most())
        .quota(most, "used up; no waiting helps");
  }

  static Refusal reused(DomainError.TopUpReused reused) {
    return Refusal.of(
            Code.ALREADY_EXISTS,
            "TOP_UP_REUSED",
            "the reference was used before with another amount")
        .resource("reference", reused.reference());
  }

  static Refusal mismatch(DomainError.CurrencyMismatch mismatch) {
    String description = "must be in the currency of the business, " + mismatch.currency();
    return Refusal.of(
            Code.INVALID_ARGUMENT, "CURRENCY_MISMATCH", mismatch.field() + ": " + description)
        .fact("currency", mismatch.currency())
        .badRequest(
            List.of(
                BadRequest.FieldViolation.newBuilder()
                    .setField(mismatch.field())
                    .setDescription(description)
                    .setReason("CURRENCY_MISMATCH")
                    .build()));
  }

  private static Refusal amounts(Refusal refusal, Money required) {
    return refusal.fact("required", units(required)).fact("currency", required.currency());
  }

  private static String units(Money money) {
    return money.units().toPlainString();
  }
}
