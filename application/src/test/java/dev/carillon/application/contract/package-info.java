/// What every implementation of the ports must keep, as suites to be subclassed.
@NullMarked
package dev.carillon.application.contract;

import org.jspecify.annotations.NullMarked;
