/// Who calls and for whom: tenants, environments, callers.
@NullMarked
package dev.carillon.domain.business;

import org.jspecify.annotations.NullMarked;
