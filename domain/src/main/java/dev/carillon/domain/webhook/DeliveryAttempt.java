package dev.carillon.domain.webhook;

import java.time.Instant;

/// One attempt to deliver an event, as its owner sees it afterwards.
///
/// @param number from 1
/// @param at when it began
public record DeliveryAttempt(int number, Instant at, DeliveryAnswer answer) {}
