package dev.carillon.domain.recipient;

/// What a recipient can be asked for by: its number or its public id.
public sealed interface RecipientKey permits RecipientId, PublicRecipientId {}
