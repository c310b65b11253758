package dev.carillon.domain.recipient;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import java.time.Instant;

/// An address that a business must not write to over a channel.
///
/// @param address normalised
/// @param detail what is known besides, such as a carrier's words or the note of who put it there;
///   at most 255 characters, without personal data; may be empty
/// @param createdBy who put it there; `carrier:<name>` where a carrier told so
public record Suppression(
    Scope scope,
    Channel channel,
    String address,
    SuppressionCause cause,
    String detail,
    String createdBy,
    Instant createdAt) {
  @Override
  public String toString() {
    return "Suppression[" + channel + ", " + cause + "]";
  }
}
