/// The bulk job: its life, its counters and its policies.
@NullMarked
package dev.carillon.domain.job;

import org.jspecify.annotations.NullMarked;
