package dev.carillon.domain.recipient;

/// One thing that is wrong with a recipient: the path of the field, such as `tags[3]`, and a plain
/// sentence that repeats nothing of the recipient.
public record RecipientViolation(String field, String description) {}
