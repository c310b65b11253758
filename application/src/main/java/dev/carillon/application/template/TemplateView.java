package dev.carillon.application.template;

import dev.carillon.domain.template.Template;
import java.util.Set;

/// A template as its owner sees it.
///
/// @param variables the names of all variables that the shown version may ask for
public record TemplateView(Template template, Set<String> variables) {}
