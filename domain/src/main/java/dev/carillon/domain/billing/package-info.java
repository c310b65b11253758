/// Money, exact to the micro.
@NullMarked
package dev.carillon.domain.billing;

import org.jspecify.annotations.NullMarked;
