/// Tests of what callers may do only so often.
@NullMarked
package dev.carillon.application.quota;

import org.jspecify.annotations.NullMarked;
