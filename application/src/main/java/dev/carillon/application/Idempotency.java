package dev.carillon.application;

import dev.carillon.application.port.IdempotencyKeys;
import dev.carillon.application.port.Transactions;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// Does a mutation once per request id: the same asked again gets the first answer again, something
/// else under the same id is refused. The key, the work and the answer are one transaction.
public final class Idempotency {
  private final Transactions transactions;
  private final IdempotencyKeys keys;
  private final InstantSource clock;

  public Idempotency(Transactions transactions, IdempotencyKeys keys, InstantSource clock) {
    this.transactions = transactions;
    this.keys = keys;
    this.clock = clock;
  }

  /// The answer of the work, or of the first call that did it. Without a request id every call does
  /// the work.
  ///
  /// @param work does it and tells what is to be remembered
  /// @param show makes the result of what is remembered, for the first call and for repeats alike
  public <R> R once(
      Request request, Supplier<Map<String, String>> work, Function<Map<String, String>, R> show) {
    return once(request, work, show, () -> {});
  }

  /// The same with something that is done after all else of the transaction, and not for repeats:
  /// what others wait for is best locked last.
  public <R> R once(
      Request request,
      Supplier<Map<String, String>> work,
      Function<Map<String, String>, R> show,
      Runnable last) {
    return transactions.inTransaction(() -> {
      Answered answered = answer(request, work);
      R shown = show.apply(answered.answer());
      if (answered.first()) {
        last.run();
      }
      return shown;
    });
  }

  private Answered answer(Request request, Supplier<Map<String, String>> work) {
    if (request.requestId().isEmpty()) {
      return new Answered(work.get(), true);
    }
    IdempotencyKeys.Claim claim =
        keys.claim(
            request.scope(),
            request.method(),
            request.requestId(),
            request.fingerprint(),
            clock.instant());
    return switch (claim) {
      case IdempotencyKeys.Claim.First _ -> {
        Map<String, String> answer = work.get();
        keys.answer(request.scope(), request.method(), request.requestId(), answer);
        yield new Answered(answer, true);
      }
      case IdempotencyKeys.Claim.Repeated repeated -> new Answered(repeated.answer(), false);
      case IdempotencyKeys.Claim.Reused _ ->
          throw new DomainException(new DomainError.RequestIdReused(request.requestId()));
    };
  }

  /// What is asked for.
  ///
  /// @param method the RPC's name; ids of different methods do not meet
  /// @param requestId may be empty
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Request(Scope scope, String method, String requestId, byte[] fingerprint) {
    /// The request for what these texts, in their order, say in full.
    public static Request of(Scope scope, String method, String requestId, String... texts) {
      return new Request(scope, method, requestId, new Fingerprint().texts(List.of(texts)).hash());
    }
  }

  /// @param first whether the work was done just now
  private record Answered(Map<String, String> answer, boolean first) {}
}
