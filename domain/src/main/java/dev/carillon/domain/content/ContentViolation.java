package dev.carillon.domain.content;

/// One thing that is wrong with a content: the path of the field, such as `email.headers[X-Id]`,
/// and a plain sentence that repeats nothing of the content.
public record ContentViolation(String field, String description) {}
