package dev.carillon.domain.billing;

/// What a business has.
///
/// @param available may still be spent; 0 or more
/// @param held set aside for messages whose outcome is open; 0 or more
/// @param owed taken after it had been given back, and not paid yet; 0 or more
public record Balance(Money available, Money held, Money owed) {}
