/// One recipient's share of a job, and the chunk that keeps the truth about a few hundred of them.
@NullMarked
package dev.carillon.domain.message;

import org.jspecify.annotations.NullMarked;
