package dev.carillon.domain.billing;

/// What a business gets back beyond what was never taken. A job keeps the plan that held when it
/// was accepted, so that its invoice does not change under it.
///
/// @param undelivered whether a message that was taken and then did not arrive is given back
/// @param lostAnswer whether a message is given back whose answer was lost and that nothing settled
///   in time
public record RefundPlan(boolean undelivered, boolean lostAnswer) {
  /// What was taken is paid; what may have been taken is not.
  public static final RefundPlan DEFAULT = new RefundPlan(false, true);
}
