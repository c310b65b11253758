package dev.carillon.domain.message;

/// Chooses the carrier of each message that is about to be marked, by the numbers under which
/// chunks remember them. May be asked about the same messages again, when the transaction in which
/// they were to be marked has to be repeated.
@FunctionalInterface
public interface CarrierChoice {
  /// The number of the job's own provider.
  int PROVIDER = 0;

  /// The message is not to be marked now.
  int NOT_NOW = -1;

  /// Any carrier will do.
  int ANY = -1;

  /// All go to the job's own provider.
  CarrierChoice PROVIDER_ONLY = (_, _) -> PROVIDER;

  /// The number of the carrier that the message at a position is to be handed to, or [#NOT_NOW].
  ///
  /// @param boundTo the carrier at which the message is in doubt, so that no other may get it, or
  ///   [#ANY]
  int choose(int position, int boundTo);

  /// What was chosen before is forgotten: a transaction begins, for the first time or anew.
  default void begin() {}
}
