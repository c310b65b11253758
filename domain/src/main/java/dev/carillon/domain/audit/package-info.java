/// Recounting what is stored of a job: everything that has to agree, and what does not.
@NullMarked
package dev.carillon.domain.audit;

import org.jspecify.annotations.NullMarked;
