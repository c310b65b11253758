/// What the house can be asked to do: one class per use case, each reading as the sentence that
/// describes it. Knows only the domain and its own ports.
@NullMarked
package dev.carillon.application;

import org.jspecify.annotations.NullMarked;
