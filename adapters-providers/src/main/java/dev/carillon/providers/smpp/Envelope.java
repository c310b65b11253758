package dev.carillon.providers.smpp;

import dev.carillon.providers.smpp.SmppAddresses.SmppAddress;
import org.jspecify.annotations.Nullable;

/// What all parts of a message have in common.
///
/// @param validity until when the centre may try; null for its own choice
record Envelope(SmppAddress source, SmppAddress destination, @Nullable String validity) {}
