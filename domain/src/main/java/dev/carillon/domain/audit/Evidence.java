package dev.carillon.domain.audit;

/// What attempts and receipts say of one message.
///
/// @param lastAttempt the highest number; 0 when there is none
/// @param leastAttempts how many attempts must be counted at least
///   ([dev.carillon.domain.delivery.Attempt#countsAtLeast()]); 0 when there is none
/// @param accepted how many attempts a carrier accepted
/// @param resentAccepted how many of those were flagged as a possible duplicate
/// @param refused whether an attempt was refused for good or in vain
/// @param taken whether a receipt says that a carrier took it
public record Evidence(
    int lastAttempt,
    int leastAttempts,
    int accepted,
    int resentAccepted,
    boolean refused,
    boolean taken) {
  /// Nothing is known.
  public static final Evidence NONE = new Evidence(0, 0, 0, 0, false, false);
}
