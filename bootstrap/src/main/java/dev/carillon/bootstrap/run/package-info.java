/// What runs while the service runs: its parts in their order, and the loops that drive the use
/// cases.
@NullMarked
package dev.carillon.bootstrap.run;

import org.jspecify.annotations.NullMarked;
