/// Templates: contents that a business keeps under a name, in versions that never change.
@NullMarked
package dev.carillon.domain.template;

import org.jspecify.annotations.NullMarked;
