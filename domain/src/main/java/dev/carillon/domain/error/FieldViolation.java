package dev.carillon.domain.error;

/// One field that cannot be accepted.
///
/// @param path as the caller wrote it, such as `entries[17].to`
/// @param description why, in plain English, without the value
public record FieldViolation(String path, String description) {}
