/// How fast messages may go: rate limits that all nodes share, what carriers taught about their
/// capacity, and a circuit breaker for each of them.
@NullMarked
package dev.carillon.providers.pacing;

import org.jspecify.annotations.NullMarked;
