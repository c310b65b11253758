package dev.carillon.domain.webhook;

import dev.carillon.domain.business.Scope;

/// An event in the one order of all events. A number is given after the event was committed, and to
/// all that were committed before it first: who has read up to a number has missed none before it.
///
/// @param number from 1
public record StoredEvent(long number, EventId id, Scope scope, OutwardEvent event) {}
