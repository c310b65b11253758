/// Tests of the lists of addresses that must not be written to.
@NullMarked
package dev.carillon.application.suppression;

import org.jspecify.annotations.NullMarked;
