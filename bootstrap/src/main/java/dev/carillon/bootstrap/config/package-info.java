/// Reads the configuration: defaults, a file, environment variables. One typed record per
/// capability; every problem is reported at once.
@NullMarked
package dev.carillon.bootstrap.config;

import org.jspecify.annotations.NullMarked;
