package dev.carillon.domain.template;

/// One version of a template, which never changes. It stays the name of what was said after the
/// template is deleted.
///
/// @param version from 1
public record TemplateRef(TemplateId id, int version) {}
