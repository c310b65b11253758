package dev.carillon.application.port;

/// The right to hand over messages of a chunk, until a deadline of the store's clock.
///
/// @param fence grows with every lease of the chunk; an older one can mark nothing more
public record Lease(WorkerId owner, long fence) {}
