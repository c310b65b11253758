/// What is told outward about jobs and messages.
@NullMarked
package dev.carillon.domain.webhook;

import org.jspecify.annotations.NullMarked;
