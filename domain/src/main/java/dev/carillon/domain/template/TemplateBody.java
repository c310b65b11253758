package dev.carillon.domain.template;

import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;

/// What a version of a template says.
public record TemplateBody(Content content, Composition composition) {}
