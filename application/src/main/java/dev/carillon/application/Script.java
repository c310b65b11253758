package dev.carillon.application;

import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.template.TemplateRef;
import org.jspecify.annotations.Nullable;

/// What is said to everybody, and how it becomes what one recipient gets.
///
/// @param template what it was made of; null when it was made of none
public record Script(Content content, Composition composition, @Nullable TemplateRef template) {}
