package dev.carillon.application.port;

import dev.carillon.domain.recipient.RecipientDetails;
import java.util.UUID;

/// A recipient to be stored: everything but the number that the store gives it. The details are in
/// no violation.
public record NewRecipient(UUID publicId, RecipientDetails details) {}
